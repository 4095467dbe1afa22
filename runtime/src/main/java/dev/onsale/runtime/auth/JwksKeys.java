package dev.onsale.runtime.auth;

import dev.onsale.runtime.CallersContext;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An issuer's keys, fetched when first needed, again when a token names an unknown key (at most every few seconds, so
 * that made-up ids can't flood the issuer), and again when they have grown old, so that retired keys go.
 */
public final class JwksKeys {

    private static final Logger LOG = LoggerFactory.getLogger(JwksKeys.class);
    private static final Duration LEAST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_FETCH = Duration.ofSeconds(10);
    private static final int MAX_BYTES = 256 * 1024;

    private final Vertx vertx;
    private final Source source;
    private final Runnable whenChanged;
    private final AtomicReference<@Nullable Future<KeyRing>> underWay = new AtomicReference<>();
    private volatile KeyRing ring = KeyRing.EMPTY;
    private volatile long askedNanos = System.nanoTime() - LEAST_PAUSE.toNanos();
    private volatile long fetchedNanos = askedNanos;

    private JwksKeys(Vertx vertx, Source source, Runnable whenChanged) {
        this.vertx = vertx;
        this.source = source;
        this.whenChanged = whenChanged;
    }

    /**
     * Where keys come from.
     *
     * @param issuer what callers are told can't be reached
     * @param fetch gets the JWK set
     * @param old after how long they are fetched again; longer lets retired keys live on
     */
    private record Source(String issuer, Supplier<Future<Buffer>> fetch, Duration old) {}

    /**
     * The keys at a URL or in a file; empty if neither is given.
     *
     * @param issuer what callers are told can't be reached
     * @param authority who signs the certificate of an {@code https} URL, a PEM file; empty: whom the JDK believes
     * @param old after how long they are fetched again; longer lets retired keys live on
     * @param whenChanged runs after other keys were fetched than before
     */
    public static Optional<JwksKeys> of(
            Vertx vertx,
            String issuer,
            Optional<URI> url,
            Optional<Path> file,
            Optional<Path> authority,
            Duration old,
            Runnable whenChanged) {
        return file.map(path -> fromFile(vertx, path))
                .or(() -> url.map(address -> fromUrl(vertx, address, authority)))
                .map(fetch -> new JwksKeys(vertx, new Source(issuer, fetch, old), whenChanged));
    }

    private static Supplier<Future<Buffer>> fromFile(Vertx vertx, Path file) {
        return () -> vertx.fileSystem().readFile(file.toString());
    }

    private static Supplier<Future<Buffer>> fromUrl(Vertx vertx, URI url, Optional<Path> authority) {
        var options = new HttpClientOptions()
                .setConnectTimeout(2_000)
                .setIdleTimeout(10)
                .setMaxHeaderSize(8_192);
        authority.ifPresent(pem -> options.setTrustOptions(new PemTrustOptions().addCertPath(pem.toString())));
        HttpClientAgent client = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(2));
        var request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(url.toString())
                .setTimeout(3_000);
        return () -> client.request(request)
                .compose(JwksKeys::body)
                .timeout(LONGEST_FETCH.toMillis(), TimeUnit.MILLISECONDS)
                .expecting(body -> body.length() <= MAX_BYTES);
    }

    /** Asks for the body before the request is sent: asked for by another thread when it is there already, it would never come. */
    private static Future<Buffer> body(HttpClientRequest request) {
        Future<Buffer> body = request.response()
                .expecting(response -> response.statusCode() == 200)
                .compose(HttpClientResponse::body);
        request.end();
        return body;
    }

    /** The key with this id, or empty if the issuer has none; fails if the issuer's keys are needed but out of reach. */
    public Future<Optional<VerificationKey>> find(String id) {
        var known = ring.find(id);
        if (known.isPresent()) {
            freshen();
            return Future.succeededFuture(known);
        }
        return CallersContext.of(vertx, newest()).map(fresh -> fresh.find(id));
    }

    /** The keys once the fetch under way is done, or a new one if it may be; else those there are. */
    private synchronized Future<KeyRing> newest() {
        if (underWay.get() != null || mayAsk()) {
            return refresh();
        }
        return ring.size() == 0 ? away() : Future.succeededFuture(ring);
    }

    /** Fetches the keys again if they have grown old; whoever is remembered as good is to call it too. */
    void freshen() {
        if (System.nanoTime() - fetchedNanos > source.old().toNanos() && mayAsk()) {
            refresh();
        }
    }

    private <T> Future<T> away() {
        return Refusal.unavailable(source.issuer()).future();
    }

    private boolean mayAsk() {
        return System.nanoTime() - askedNanos >= LEAST_PAUSE.toNanos();
    }

    private synchronized Future<KeyRing> refresh() {
        var pending = underWay.get();
        if (pending != null) {
            return pending;
        }
        askedNanos = System.nanoTime();
        Future<KeyRing> fetch =
                source.fetch().get().map(body -> KeyRing.parse(body.toString())).transform(this::settle);
        underWay.set(fetch);
        fetch.onComplete(done -> underWay.compareAndSet(fetch, null));
        return fetch;
    }

    private Future<KeyRing> settle(AsyncResult<KeyRing> fetched) {
        if (fetched.failed()) {
            LOG.atWarn()
                    .addKeyValue("issuer", source.issuer())
                    .addKeyValue("reason", fetched.cause().toString())
                    .log("Can't fetch the issuer's keys");
            return ring.size() == 0 ? away() : Future.succeededFuture(ring);
        }
        fetchedNanos = System.nanoTime();
        boolean changed = !ring.equals(fetched.result());
        ring = fetched.result();
        if (changed) {
            whenChanged.run();
        }
        return Future.succeededFuture(ring);
    }
}
