package dev.onsale.query.seatmap;

import com.google.protobuf.UnsafeByteOperations;
import dev.onsale.proto.query.v1.AreaStatuses;
import dev.onsale.proto.query.v1.AsOf;
import dev.onsale.proto.query.v1.GetSeatMapResponse;
import dev.onsale.proto.query.v1.GetSeatStatusesResponse;
import dev.onsale.proto.query.v1.PlaceBlock;
import dev.onsale.proto.query.v1.SectionStatuses;
import dev.onsale.query.layout.EventLayout;
import java.util.UUID;

/** Says layouts and states in the words of the contract. States are never written to, so their bytes need no copy. */
final class StatusMessages {
    private StatusMessages() {}

    static GetSeatMapResponse seatMap(UUID eventId, EventLayout layout, SectionChoice choice) {
        GetSeatMapResponse.Builder map = layout.message().toBuilder().setEventId(eventId.toString());
        if (choice.all()) {
            return map.build();
        }
        map.clearSections().clearAreas();
        choice.sections().stream().forEach(i -> map.addSections(layout.message().getSections(i)));
        choice.areas().stream().forEach(i -> map.addAreas(layout.message().getAreas(i)));
        return map.build();
    }

    static GetSeatStatusesResponse statuses(
            UUID eventId, SeatState state, SectionChoice choice, boolean oneBlock, AsOf asOf) {
        GetSeatStatusesResponse.Builder statuses = GetSeatStatusesResponse.newBuilder()
                .setEventId(eventId.toString())
                .setLayoutHash(state.layout().hash())
                .setAsOf(asOf);
        if (oneBlock && choice.all()) {
            statuses.setBlock(PlaceBlock.newBuilder()
                    .setLength(state.layout().places())
                    .setPacked(UnsafeByteOperations.unsafeWrap(state.block())));
        } else {
            choice.sections().stream().forEach(i -> statuses.addSections(section(state, i)));
        }
        choice.areas().stream().forEach(i -> statuses.addAreas(area(state, i)));
        return statuses.build();
    }

    static AreaStatuses area(SeatState state, int index) {
        SeatCounts counts = state.areas().get(index).counts();
        return AreaStatuses.newBuilder()
                .setAreaId(state.layout().areas().get(index).code())
                .setAvailable(counts.available())
                .setHeld(counts.held())
                .setSold(counts.sold())
                .setBlocked(counts.blocked())
                .build();
    }

    private static SectionStatuses section(SeatState state, int index) {
        EventLayout.Section section = state.layout().sections().get(index);
        return SectionStatuses.newBuilder()
                .setSection(section.code())
                .setFirstOrdinal(section.firstOrdinal())
                .setLength(section.length())
                .setPacked(UnsafeByteOperations.unsafeWrap(
                        state.sections().get(index).packed()))
                .build();
    }
}
