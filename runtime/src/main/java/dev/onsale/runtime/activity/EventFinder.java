package dev.onsale.runtime.activity;

import com.google.protobuf.Message;
import java.util.Optional;
import java.util.UUID;

/** Knows which event a request is about that doesn't name it: a hold's id or a place ticket carries it. */
@FunctionalInterface
public interface EventFinder {

    /** The event; empty if the request doesn't tell. */
    Optional<UUID> eventOf(Message request);
}
