package dev.onsale.query.layout;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.onsale.proto.query.v1.GetSeatMapResponse;
import dev.onsale.query.elastic.Document;
import dev.onsale.query.elastic.IndexKind;

/**
 * A layout in the index `layouts`.
 *
 * @param layoutHash its hash, and the document's id
 * @param seats how many seats
 * @param layout the message `GetSeatMapResponse` without an event's id
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record LayoutDocument(String layoutHash, int seats, byte[] layout) {
    /**
     * Makes the document of a layout.
     *
     * @param layout the layout
     * @return its only version
     */
    public static Document of(EventLayout layout) {
        int seats =
                layout.sections().stream().mapToInt(EventLayout.Section::seats).sum();
        return new Document(
                IndexKind.LAYOUTS,
                layout.hash(),
                1,
                new LayoutDocument(layout.hash(), seats, layout.message().toByteArray()));
    }

    EventLayout read() {
        try {
            return EventLayout.of(GetSeatMapResponse.parseFrom(layout));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("Layout " + layoutHash + " can't be read", e);
        }
    }
}
