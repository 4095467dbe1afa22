package dev.onsale.query.elastic;

import co.elastic.clients.elasticsearch.ElasticsearchAsyncClient;
import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.json.jackson.JacksonJsonpMapper;
import co.elastic.clients.transport.instrumentation.NoopInstrumentation;
import co.elastic.clients.transport.rest5_client.Rest5ClientOptions;
import co.elastic.clients.transport.rest5_client.Rest5ClientTransport;
import co.elastic.clients.transport.rest5_client.low_level.RequestOptions;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import co.elastic.clients.transport.rest5_client.low_level.Rest5ClientBuilder;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.tls.Authority;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;

/** The connection to Elasticsearch: blocking for virtual threads, futures for event loops. */
public final class Elastic implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Vertx vertx;
    private final ElasticConfig config;
    private final Rest5ClientTransport transport;
    private final Rest5ClientTransport slowTransport;
    private final ElasticsearchClient client;
    private final ElasticsearchClient patient;
    private final ElasticsearchAsyncClient async;

    private Elastic(Vertx vertx, ElasticConfig config) {
        this.vertx = vertx;
        this.config = config;
        this.transport = transport(config, config.timeout());
        this.slowTransport = transport(config, PATIENCE);
        this.client = new ElasticsearchClient(transport);
        this.patient = new ElasticsearchClient(slowTransport);
        this.async = new ElasticsearchAsyncClient(transport);
    }

    /**
     * Makes the client; nothing is sent yet.
     *
     * @param vertx where futures complete
     * @param config how to reach it
     * @return the client
     */
    public static Elastic open(Vertx vertx, ElasticConfig config) {
        return new Elastic(vertx, config);
    }

    /**
     * The blocking client, for virtual threads.
     *
     * @return never to be called on an event loop
     */
    public ElasticsearchClient blocking() {
        return client;
    }

    /**
     * The blocking client with a minute's patience, for making and deleting indexes.
     *
     * @return never to be called on an event loop
     */
    public ElasticsearchClient patient() {
        return patient;
    }

    /**
     * The configuration.
     *
     * @return how it is reached
     */
    public ElasticConfig config() {
        return config;
    }

    /**
     * The aliases that are read.
     *
     * @return alias by kind
     */
    public IndexTargets live() {
        return IndexTargets.live(config.indexPrefix());
    }

    /**
     * Asks without blocking.
     *
     * @param question a call of the asynchronous client
     * @param <T> the answer's type
     * @return the answer on the caller's context; fails with DEPENDENCY_UNAVAILABLE when it can't be had now
     */
    public <T> Future<T> ask(Function<ElasticsearchAsyncClient, CompletableFuture<T>> question) {
        return Future.fromCompletionStage(question.apply(async), vertx.getOrCreateContext())
                .recover(cause -> Future.failedFuture(asRefusal(cause)));
    }

    /**
     * Tells whether a failure will pass by itself.
     *
     * @param cause what a call failed with
     * @return true if Elasticsearch is away, busy, blocked or lacks the index
     */
    public static boolean passing(Throwable cause) {
        Throwable bare = bare(cause);
        return bare instanceof IOException || (bare instanceof ElasticsearchException e && passing(e.status()));
    }

    static boolean passing(int status) {
        return status == 429 || status == 403 || status == 404 || status == 408 || status >= 500;
    }

    /** Too many requests, or too much memory used: less may be taken. */
    static boolean busy(int status) {
        return status == 429;
    }

    private static Throwable asRefusal(Throwable cause) {
        Throwable bare = bare(cause);
        return bare instanceof Refusal || !passing(bare) ? bare : Refusal.unavailable("elasticsearch");
    }

    private static Throwable bare(Throwable cause) {
        return cause instanceof CompletionException && cause.getCause() != null ? cause.getCause() : cause;
    }

    /**
     * How documents are written as JSON.
     *
     * @return snake_case names, nothing for null, unknown names passed over
     */
    public static ObjectMapper objectMapper() {
        return new ObjectMapper()
                .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    private static Rest5ClientTransport transport(ElasticConfig config, Duration timeout) {
        return new Rest5ClientTransport(
                rest(config, timeout),
                new JacksonJsonpMapper(objectMapper()),
                new Rest5ClientOptions(RequestOptions.DEFAULT, false),
                NoopInstrumentation.INSTANCE);
    }

    private static Rest5Client rest(ElasticConfig config, Duration timeout) {
        Rest5ClientBuilder rest = Rest5Client.builder(config.uri());
        config.authority().map(Authority::context).ifPresent(rest::setSSLContext);
        long millis = timeout.toMillis();
        rest.setRequestConfigCallback(request -> request.setResponseTimeout(millis, TimeUnit.MILLISECONDS)
                .setConnectionRequestTimeout(millis, TimeUnit.MILLISECONDS));
        rest.setConnectionConfigCallback(
                connection -> connection.setConnectTimeout(Math.min(millis, 2000), TimeUnit.MILLISECONDS));
        rest.setConnectionManagerCallback(
                pool -> pool.setMaxConnTotal(config.connections()).setMaxConnPerRoute(config.connections()));
        config.apiKey()
                .ifPresent(key ->
                        rest.setDefaultHeaders(new Header[] {new BasicHeader("Authorization", "ApiKey " + key)}));
        return rest.build();
    }

    @Override
    public void close() {
        try {
            transport.close();
            slowTransport.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
