package dev.onsale.query.elastic;

import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.tls.Authority;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How Elasticsearch is reached.
 *
 * @param uri one node or a load balancer, e.g. `http://127.0.0.1:9200`
 * @param apiKey encoded API key, if the server wants one
 * @param indexPrefix what all index names begin with; lets several installations share a cluster
 * @param timeout longest wait for an answer: too low, and slow searches fail; too high, and callers pile up
 * @param connections connections at most: too low, and reads queue behind bulks
 * @param authority who signs the certificate of an `https` node, a PEM file; empty: whom the JDK believes
 */
public record ElasticConfig(
        URI uri,
        Optional<String> apiKey,
        String indexPrefix,
        Duration timeout,
        int connections,
        Optional<Path> authority) {
    /** A node whose certificate, if it has one, the JDK believes. */
    public ElasticConfig(URI uri, Optional<String> apiKey, String indexPrefix, Duration timeout, int connections) {
        this(uri, apiKey, indexPrefix, timeout, connections, Optional.empty());
    }

    /**
     * Reads the configuration.
     *
     * @param config where from
     * @return the record
     */
    public static ElasticConfig from(Config config) {
        return new ElasticConfig(
                config.uri("elasticsearch.url", URI.create("http://127.0.0.1:9200")),
                config.optionalString("elasticsearch.api-key"),
                config.string("elasticsearch.index-prefix", ""),
                config.duration(
                        "elasticsearch.timeout", Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofMinutes(1)),
                config.integer("elasticsearch.connections", 32, 2, 1000),
                Authority.setting(config, "elasticsearch.ca-file"));
    }
}
