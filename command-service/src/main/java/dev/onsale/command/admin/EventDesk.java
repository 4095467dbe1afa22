package dev.onsale.command.admin;

import dev.onsale.proto.catalog.v1.Event;
import dev.onsale.proto.catalog.v1.GetEventRequest;
import dev.onsale.proto.catalog.v1.GetEventResponse;
import dev.onsale.proto.catalog.v1.ListEventsRequest;
import dev.onsale.proto.catalog.v1.ListEventsResponse;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.sql.Database;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Shows operators their events. */
final class EventDesk {
    private static final int PAGE_SIZE = 50;

    private final Database database;

    EventDesk(Database database) {
        this.database = database;
    }

    Future<GetEventResponse> get(Call call, GetEventRequest request) {
        return database.tx(connection -> EventReader.event(connection, UUID.fromString(request.getEventId())))
                .map(event -> GetEventResponse.newBuilder().setEvent(event).build());
    }

    Future<ListEventsResponse> list(Call call, ListEventsRequest request) {
        int size = request.getPageSize() == 0 ? PAGE_SIZE : request.getPageSize();
        @Nullable UUID before;
        try {
            before = request.getPageToken().isEmpty() ? null : position(request.getPageToken());
        } catch (IllegalArgumentException notOurs) {
            return Refusal.invalid("page_token", "must be from the answer before")
                    .future();
        }
        return database.tx(connection -> EventReader.events(connection, before, size + 1))
                .map(events -> page(events, size));
    }

    private static ListEventsResponse page(List<Event> events, int size) {
        boolean more = events.size() > size;
        List<Event> page = more ? events.subList(0, size) : events;
        ListEventsResponse.Builder response = ListEventsResponse.newBuilder().addAllEvents(page);
        return more
                ? response.setNextPageToken(token(page.getLast().getEventId())).build()
                : response.build();
    }

    private static String token(String eventId) {
        UUID id = UUID.fromString(eventId);
        ByteBuffer bytes = ByteBuffer.allocate(16);
        bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    private static UUID position(String token) {
        byte[] bytes = Base64.getUrlDecoder().decode(token);
        if (bytes.length != 16) {
            throw new IllegalArgumentException("page token");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}
