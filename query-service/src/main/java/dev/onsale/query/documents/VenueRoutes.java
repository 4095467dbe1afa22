package dev.onsale.query.documents;

import dev.onsale.query.venue.VenueImages;
import dev.onsale.query.venue.VenueImages.Drawable;
import dev.onsale.query.venue.VenueImages.Format;
import dev.onsale.query.web.HttpConfig;
import dev.onsale.query.web.HttpErrors;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * `GET /v1/events/{event_id}/venue.svg` and `.png`: the venue, coloured by what is free; `GET /v1/layouts/{hash}/venue.svg`
 * and `.png`: the same without colours, for good. A live picture has the tag of what it shows, so that a cache that asks
 * again is told "the same" until a colour changes.
 */
public final class VenueRoutes {
    private static final String LIVE = "public, max-age=2, stale-while-revalidate=10";
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{32}");

    private final VenueImages images;
    private final Duration deadline;

    /**
     * Not yet added to a router.
     *
     * @param config how long an answer may take
     * @param images draws
     */
    public VenueRoutes(HttpConfig config, VenueImages images) {
        this.images = images;
        this.deadline = config.deadline();
    }

    /**
     * Adds the routes.
     *
     * @param router of the HTTP server
     */
    public void add(Router router) {
        for (Format format : Format.values()) {
            String file = "/venue." + format.name().toLowerCase(Locale.ROOT);
            route(router, "/v1/events/:event_id" + file, routing -> live(routing, format), format, LIVE);
            route(router, "/v1/layouts/:hash" + file, routing -> plain(routing, format), format, LayoutRoutes.FOR_GOOD);
        }
    }

    @FunctionalInterface
    private interface Source {
        Future<Drawable> find(RoutingContext routing);
    }

    private void route(Router router, String path, Source source, Format format, String cacheControl) {
        router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(routing -> {
            Document.open(routing);
            source.find(routing)
                    .compose(picture -> answer(routing, picture, format, cacheControl))
                    .timeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
                    .onFailure(failure -> HttpErrors.answer(routing, failure));
        });
    }

    private Future<Drawable> live(RoutingContext routing, Format format) {
        try {
            return images.live(UUID.fromString(routing.pathParam("event_id")), format);
        } catch (IllegalArgumentException e) {
            return Refusal.invalid("event_id", "is no UUID").future();
        }
    }

    private Future<Drawable> plain(RoutingContext routing, Format format) {
        String hash = routing.pathParam("hash");
        return HASH.matcher(hash).matches()
                ? images.plain(hash, format)
                : Refusal.invalid("layout_hash", "is no layout hash").future();
    }

    private static Future<Void> answer(RoutingContext routing, Drawable picture, Format format, String cacheControl) {
        String tag = "\"" + picture.tag() + "\"";
        if (Document.unchanged(routing, tag, cacheControl)) {
            return Future.succeededFuture();
        }
        return picture.draw()
                .onSuccess(image -> {
                    // A picture opened as a page of its own runs nothing and loads nothing.
                    routing.response().putHeader("content-security-policy", "default-src 'none'");
                    routing.response().putHeader("x-content-type-options", "nosniff");
                    new Document(tag, contentType(format), "", Buffer.buffer(image)).send(routing, cacheControl);
                })
                .mapEmpty();
    }

    private static String contentType(Format format) {
        return switch (format) {
            case SVG -> "image/svg+xml";
            case PNG -> "image/png";
        };
    }
}
