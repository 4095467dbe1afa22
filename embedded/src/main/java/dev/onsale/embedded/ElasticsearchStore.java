package dev.onsale.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** One Elasticsearch node, without security, on loopback. */
public final class ElasticsearchStore extends Store {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final URI uri;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    ElasticsearchStore(Engine engine) {
        this(engine, URI.create("http://" + engine.address()));
    }

    ElasticsearchStore(Engine engine, URI uri) {
        super(StoreKind.ELASTICSEARCH, engine);
        this.uri = uri;
    }

    /** {@code http://host:port}. */
    @Override
    public URI uri() {
        return uri;
    }

    /** Deletes the indexes that match, for example {@code t3-*}; with {@code *}, all but the hidden ones. */
    public void deleteIndexes(String pattern) {
        try {
            expectOk("DELETE", "/" + pattern + "?expand_wildcards=open,closed&ignore_unavailable=true");
        } catch (IOException e) {
            throw new StoresException("elasticsearch did not delete " + pattern, e);
        }
    }

    /** Makes everything indexed so far visible to searches. */
    public void refresh() {
        try {
            expectOk("POST", "/_refresh");
        } catch (IOException e) {
            throw new StoresException("elasticsearch did not refresh", e);
        }
    }

    @Override
    void ping() throws IOException {
        expectOk("GET", "/_cluster/health?wait_for_status=yellow&timeout=1s");
    }

    private void expectOk(String method, String path) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(uri + path))
                .timeout(TIMEOUT)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException("elasticsearch answered " + response.statusCode() + " " + response.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoresException("Interrupted while asking elasticsearch", e);
        }
    }
}
