package dev.onsale.query.venue;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.query.layout.EventLayout;
import dev.onsale.query.layout.Layouts;
import dev.onsale.query.seatmap.EventView;
import dev.onsale.query.seatmap.EventViews;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Draws venues, each picture once: off the event loops, two at a time, and refuses when too many wait. What was drawn is
 * kept by its tag, bounded by bytes.
 */
public final class VenueImages {
    private static final int AT_ONCE = 2;
    private static final long MOST_BYTES = 32L << 20;
    private static final int MOST_PLANS = 200;

    private final Vertx vertx;
    private final EventViews views;
    private final Layouts layouts;
    private final WorkerExecutor painters;
    private final int mostWaiting;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Cache<String, VenuePlan> plans =
            Caffeine.newBuilder().maximumSize(MOST_PLANS).build();
    private final AsyncCache<String, byte[]> images = Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .weigher((String tag, byte[] image) -> tag.length() + image.length)
            .buildAsync();

    /** Kinds of files. */
    public enum Format {
        /** Shapes and text. */
        SVG,
        /** Dots. */
        PNG
    }

    /** A picture that can be drawn, and its tag. */
    public interface Drawable {
        /**
         * Names what is shown in this format.
         *
         * @return without quotes
         */
        String tag();

        /**
         * Draws it, or gives what was drawn before.
         *
         * @return the file; fails with OVERLOADED
         */
        Future<byte[]> draw();
    }

    private static final class Painters {
        static final PngDrawing PNG = new PngDrawing(Lettering.ofThisMachine());
    }

    /**
     * Nothing drawn yet.
     *
     * @param vertx for the painters' threads
     * @param views how events stand
     * @param layouts layouts by their hash
     * @param mostWaiting pictures being drawn, or waiting for it, at once
     */
    public VenueImages(Vertx vertx, EventViews views, Layouts layouts, int mostWaiting) {
        this.vertx = vertx;
        this.views = views;
        this.layouts = layouts;
        this.mostWaiting = mostWaiting;
        this.painters = vertx.createSharedWorkerExecutor("venue-images", AT_ONCE);
    }

    /**
     * An event's venue, coloured by what is free.
     *
     * @param eventId the event
     * @param format of the file
     * @return fails with RESOURCE_NOT_FOUND
     */
    public Future<Drawable> live(UUID eventId, Format format) {
        return views.find(eventId, 0).map(view -> drawable(live(view), format));
    }

    /**
     * A layout without colours.
     *
     * @param hash of the layout
     * @param format of the file
     * @return fails with RESOURCE_NOT_FOUND
     */
    public Future<Drawable> plain(String hash, Format format) {
        return layouts.find(hash).map(layout -> drawable(VenuePicture.plain(plan(layout)), format));
    }

    private VenuePicture live(EventView view) {
        return VenuePicture.live(plan(view.state().layout()), view.event().name(), view.state());
    }

    private VenuePlan plan(EventLayout layout) {
        return plans.get(layout.hash(), hash -> VenuePlan.of(layout));
    }

    private Drawable drawable(VenuePicture picture, Format format) {
        String tag = picture.tag();
        return new Drawable() {
            @Override
            public String tag() {
                return tag;
            }

            @Override
            public Future<byte[]> draw() {
                return drawn(picture, tag, format);
            }
        };
    }

    private Future<byte[]> drawn(VenuePicture picture, String tag, Format format) {
        String key = tag + format;
        if (images.getIfPresent(key) == null && waiting.get() >= mostWaiting) {
            return Refusal.of(ErrorReason.ERROR_REASON_OVERLOADED, "Too many pictures are being drawn")
                    .retryAfter(Duration.ofSeconds(1))
                    .future();
        }
        return Future.fromCompletionStage(
                images.get(
                        key,
                        (same, executor) ->
                                paint(picture, format).toCompletionStage().toCompletableFuture()),
                vertx.getOrCreateContext());
    }

    private Future<byte[]> paint(VenuePicture picture, Format format) {
        waiting.incrementAndGet();
        return painters.executeBlocking(
                        () -> switch (format) {
                            case SVG -> SvgDrawing.draw(picture);
                            case PNG -> Painters.PNG.draw(picture);
                        },
                        false)
                .onComplete(done -> waiting.decrementAndGet());
    }
}
