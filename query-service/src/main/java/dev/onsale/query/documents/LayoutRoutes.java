package dev.onsale.query.documents;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.protobuf.util.JsonFormat;
import dev.onsale.query.layout.EventLayout;
import dev.onsale.query.layout.Layouts;
import dev.onsale.query.web.HttpConfig;
import dev.onsale.query.web.HttpErrors;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * `GET /v1/layouts/{hash}`: a layout as one document that never changes, compressed once. Browsers and caches may keep it
 * for a year; who names its tag need not be sent it again, and for that nothing is looked up: the tag is the content.
 */
public final class LayoutRoutes {
    /** For what never changes under its address. */
    static final String FOR_GOOD = "public, max-age=31536000, immutable";

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{32}");
    private static final JsonFormat.Printer JSON =
            JsonFormat.printer().omittingInsignificantWhitespace().alwaysPrintFieldsWithNoPresence();
    private static final String PLAIN = "-plain";

    private final Vertx vertx;
    private final Layouts layouts;
    private final Duration deadline;
    private final AsyncCache<String, Document> documents;

    /**
     * Not yet added to a router.
     *
     * @param vertx for the compressing, which is not for an event loop
     * @param config how long an answer may take
     * @param layouts where they come from
     * @param mostBytes memory for compressed documents
     */
    public LayoutRoutes(Vertx vertx, HttpConfig config, Layouts layouts, long mostBytes) {
        this.vertx = vertx;
        this.layouts = layouts;
        this.deadline = config.deadline();
        this.documents = Caffeine.newBuilder()
                .maximumWeight(mostBytes)
                .weigher((String key, Document document) -> document.weight())
                .buildAsync();
    }

    /**
     * Adds the routes.
     *
     * @param router of the HTTP server
     */
    public void add(Router router) {
        router.route("/v1/layouts/:hash")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(this::serve);
    }

    private void serve(RoutingContext routing) {
        Document.open(routing);
        routing.response().putHeader("vary", "accept-encoding");
        String hash = routing.pathParam("hash");
        if (!HASH.matcher(hash).matches()) {
            HttpErrors.answer(routing, Refusal.invalid("layout_hash", "is no layout hash"));
            return;
        }
        boolean gzip = acceptsGzip(routing.request().getHeader("accept-encoding"));
        if (Document.unchanged(routing, tag(hash, gzip), FOR_GOOD)) {
            return;
        }
        document(hash, gzip)
                .timeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                .onSuccess(document -> document.send(routing, FOR_GOOD))
                .onFailure(failure -> HttpErrors.answer(routing, failure));
    }

    private Future<Document> document(String hash, boolean gzip) {
        String tag = tag(hash, gzip);
        CompletableFuture<Document> known = documents.getIfPresent(tag);
        return known != null
                ? Future.fromCompletionStage(known, vertx.getOrCreateContext())
                : layouts.find(hash).compose(layout -> render(layout, tag, gzip));
    }

    private Future<Document> render(EventLayout layout, String tag, boolean gzip) {
        return Future.fromCompletionStage(
                documents.get(
                        tag,
                        (key, executor) -> vertx.executeBlocking(() -> made(layout, tag, gzip), false)
                                .toCompletionStage()
                                .toCompletableFuture()),
                vertx.getOrCreateContext());
    }

    private static String tag(String hash, boolean gzip) {
        return "\"" + hash + (gzip ? "" : PLAIN) + "\"";
    }

    private static Document made(EventLayout layout, String tag, boolean gzip) throws IOException {
        byte[] json = JSON.print(layout.document()).getBytes(StandardCharsets.UTF_8);
        byte[] body = gzip ? gzip(json) : json;
        return new Document(tag, "application/json", gzip ? "gzip" : "", Buffer.buffer(body));
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out) {
            {
                def.setLevel(9); // Made once, sent often.
            }
        }) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Whether a caller's Accept-Encoding takes gzip. */
    static boolean acceptsGzip(@Nullable String accepted) {
        if (accepted == null) {
            return false;
        }
        for (String one : accepted.split(",", 50)) {
            String[] parts = one.strip().split(";", 2);
            String name = parts[0].strip();
            boolean never = parts.length > 1 && parts[1].replace(" ", "").matches("q=0(\\.0*)?");
            if ((name.equalsIgnoreCase("gzip") || name.equals("*")) && !never) {
                return true;
            }
        }
        return false;
    }
}
