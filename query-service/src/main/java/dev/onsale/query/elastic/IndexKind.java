package dev.onsale.query.elastic;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The read side's indexes. Each is an alias over one versioned index, whose mapping is a file beside this class. */
public enum IndexKind {
    /** Events, for browsing and searching. Id: the event. Version: the row's. */
    EVENTS("events"),
    /** A document per event and section or area. Id: `event:section`. Version: the event's inventory version. */
    SEAT_BLOCKS("seat-blocks"),
    /** Layouts by their content hash; they never change. */
    LAYOUTS("layouts"),
    /** Bookings, for support. Id: the booking. Version: the row's. */
    BOOKINGS("bookings");

    private final String label;

    IndexKind(String label) {
        this.label = label;
    }

    /**
     * Tells the name.
     *
     * @return the alias without a prefix
     */
    public String label() {
        return label;
    }

    /**
     * Tells the version of the definition. It is raised whenever an index made by the version before can't learn the new one
     * in place; fields that are only added don't count.
     *
     * @return `_meta.version` of the mapping
     */
    public int version() {
        try (InputStream definition = definition()) {
            return new JsonObject(Buffer.buffer(definition.readAllBytes()))
                    .getJsonObject("mappings")
                    .getJsonObject("_meta")
                    .getInteger("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads settings and mapping.
     *
     * @return the body of an index creation
     */
    public InputStream definition() {
        InputStream file = IndexKind.class.getResourceAsStream(label + ".json");
        if (file == null) {
            throw new IllegalStateException("No mapping of " + label);
        }
        return file;
    }
}
