package dev.onsale.runtime.activity;

import com.google.protobuf.Message;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Knows which event a request is about that doesn't name it: a hold's id or a place ticket carries it. */
@FunctionalInterface
public interface EventFinder {

    /** The event; empty if the request doesn't tell. */
    Optional<UUID> eventOf(Message request);

    /**
     * Finds it by a field of the request that carries it.
     *
     * @param field name of the field, a text; a request without it tells nothing
     * @param event reads the event out of the text
     */
    static EventFinder byField(String field, Function<String, Optional<UUID>> event) {
        return request -> Optional.ofNullable(request.getDescriptorForType().findFieldByName(field))
                .flatMap(found -> event.apply(request.getField(found).toString()));
    }
}
