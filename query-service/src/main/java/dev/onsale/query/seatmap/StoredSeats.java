package dev.onsale.query.seatmap;

import co.elastic.clients.elasticsearch.core.mget.MultiGetResponseItem;
import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.onsale.proto.query.v1.GetSeatMapResponse;
import dev.onsale.query.elastic.Elastic;
import dev.onsale.query.elastic.IndexKind;
import dev.onsale.query.layout.EventLayout;
import dev.onsale.query.seatmap.SeatBlocks.LayoutDocument;
import dev.onsale.query.seatmap.SeatBlocks.SeatBlock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Layouts and seat statuses as Elasticsearch has them. */
final class StoredSeats {
    private static final int MOST_LAYOUTS = 200;

    private final Vertx vertx;
    private final Elastic elastic;
    private final AsyncCache<String, EventLayout> layouts =
            Caffeine.newBuilder().maximumSize(MOST_LAYOUTS).buildAsync();

    StoredSeats(Vertx vertx, Elastic elastic) {
        this.vertx = vertx;
        this.elastic = elastic;
    }

    /** Reads a layout; one that is not in the index, or can't be had from there, is made anew. */
    Future<EventLayout> layout(String hash, Supplier<Future<EventLayout>> otherwise) {
        return Future.fromCompletionStage(
                layouts.get(
                        hash,
                        (key, executor) -> indexed(key)
                                .otherwise(Optional.empty())
                                .compose(found ->
                                        found.map(Future::succeededFuture).orElseGet(otherwise))
                                .toCompletionStage()
                                .toCompletableFuture()),
                vertx.getOrCreateContext());
    }

    /** Reads the newest statuses; empty if a section is missing. */
    Future<Optional<SeatState>> state(UUID eventId, EventLayout layout) {
        List<String> ids = new ArrayList<>();
        layout.sections().forEach(section -> ids.add(SeatBlocks.sectionId(eventId, section.code())));
        layout.areas().forEach(area -> ids.add(SeatBlocks.areaId(eventId, area.code())));
        String alias = elastic.live().name(IndexKind.SEAT_BLOCKS);
        return elastic.ask(client -> client.mget(mget -> mget.index(alias).ids(ids), SeatBlock.class))
                .map(found -> state(layout, found.docs()));
    }

    private Future<Optional<EventLayout>> indexed(String hash) {
        String alias = elastic.live().name(IndexKind.LAYOUTS);
        return elastic.ask(client -> client.get(get -> get.index(alias).id(hash), LayoutDocument.class))
                .map(found -> Optional.ofNullable(found.source()).map(StoredSeats::parse));
    }

    private static EventLayout parse(LayoutDocument document) {
        try {
            return EventLayout.of(GetSeatMapResponse.parseFrom(document.layout()));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("Layout " + document.layoutHash() + " can't be read", e);
        }
    }

    private static Optional<SeatState> state(EventLayout layout, List<MultiGetResponseItem<SeatBlock>> found) {
        List<byte[]> packed = new ArrayList<>();
        List<SeatCounts> areas = new ArrayList<>();
        long version = 0;
        for (int i = 0; i < found.size(); i++) {
            MultiGetResponseItem<SeatBlock> item = found.get(i);
            SeatBlock block = item.isResult() ? item.result().source() : null;
            if (block == null) {
                return Optional.empty();
            }
            Long its = item.result().version();
            version = Math.max(version, its == null ? 0 : its);
            byte[] statuses = block.packed();
            if (i < layout.sections().size() && statuses != null) {
                packed.add(statuses);
            } else {
                areas.add(block.counts());
            }
        }
        return packed.size() == layout.sections().size()
                ? Optional.of(SeatStates.ofPacked(layout, version, 0, packed, areas))
                : Optional.empty();
    }
}
