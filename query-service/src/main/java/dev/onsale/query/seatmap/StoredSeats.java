package dev.onsale.query.seatmap;

import co.elastic.clients.elasticsearch.core.mget.MultiGetResponseItem;
import dev.onsale.query.elastic.Elastic;
import dev.onsale.query.elastic.IndexKind;
import dev.onsale.query.layout.EventLayout;
import dev.onsale.query.seatmap.SeatBlocks.SeatBlock;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Seat statuses as Elasticsearch has them. */
final class StoredSeats {
    private final Elastic elastic;

    StoredSeats(Elastic elastic) {
        this.elastic = elastic;
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
