package dev.onsale.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onsale.query.elastic.IndexKind;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Reads what the index says of an event's seats. */
final class SeatDocuments {
    private SeatDocuments() {}

    /** What each seat is, at 2 bits, by ordinal. */
    static int[] codes(ReadSide side, Sale sale) throws IOException {
        int[] codes = new int[66];
        Arrays.fill(codes, 3);
        String alias = side.elastic.live().name(IndexKind.SEAT_BLOCKS);
        for (String section : List.of("A", "B", "C")) {
            JsonNode block = side.elastic
                    .blocking()
                    .get(get -> get.index(alias).id(sale.eventId + ":" + section), JsonNode.class)
                    .source();
            if (block == null) {
                return codes;
            }
            byte[] packed = block.get("packed").binaryValue();
            for (int place = 0; place < block.get("length").intValue(); place++) {
                codes[block.get("first_ordinal").intValue() + place] = (packed[place / 4] >> (place % 4 * 2)) & 3;
            }
        }
        return codes;
    }
}
