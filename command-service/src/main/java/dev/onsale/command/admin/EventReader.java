package dev.onsale.command.admin;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.onsale.command.catalog.AfterSale;
import dev.onsale.command.catalog.EventHead;
import dev.onsale.command.catalog.EventRows;
import dev.onsale.command.catalog.Price;
import dev.onsale.proto.catalog.v1.Event;
import dev.onsale.proto.catalog.v1.PriceTier;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads events as their operator sees them, straight from PostgreSQL. */
final class EventReader {
    private static final Sql EVENT = Sql.load(EventRows.class, "event.sql");
    private static final Sql LIST_EVENTS = Sql.load(EventReader.class, "list-events.sql");
    private static final Sql CURRENT_PRICES = Sql.load(EventReader.class, "current-prices.sql");

    private EventReader() {}

    /** Fails with RESOURCE_NOT_FOUND. */
    static Future<Event> event(SqlClient client, UUID eventId) {
        return EVENT.run(client, Tuple.of(eventId)).compose(rows -> {
            List<EventHead> heads = heads(rows);
            return heads.isEmpty()
                    ? Refusal.notFound("event").future()
                    : withPrices(client, heads).map(List::getFirst);
        });
    }

    /** Newest first, older than {@code before} if that is given. */
    static Future<List<Event>> events(SqlClient client, @Nullable UUID before, int limit) {
        return LIST_EVENTS.run(client, Tuple.of(before, limit)).compose(rows -> withPrices(client, heads(rows)));
    }

    private static List<EventHead> heads(Iterable<Row> rows) {
        List<EventHead> heads = new ArrayList<>();
        rows.forEach(row -> heads.add(EventRows.head(row)));
        return heads;
    }

    private static Future<List<Event>> withPrices(SqlClient client, List<EventHead> heads) {
        UUID[] ids = heads.stream().map(EventHead::eventId).toArray(UUID[]::new);
        return CURRENT_PRICES
                .run(client, Tuple.tuple().addArrayOfUUID(ids))
                .map(rows -> {
                    Map<UUID, List<PriceTier>> tiers = new HashMap<>();
                    rows.forEach(row -> tiers.computeIfAbsent(row.getUUID("event_id"), id -> new ArrayList<>())
                            .add(tier(row)));
                    return heads.stream()
                            .map(head -> event(head, tiers.getOrDefault(head.eventId(), List.of())))
                            .toList();
                })
                .compose(events -> withPolicies(client, ids, events));
    }

    private static Future<List<Event>> withPolicies(SqlClient client, UUID[] ids, List<Event> events) {
        return RefundPolicies.current(client, ids)
                .map(policies -> events.stream()
                        .map(event -> event.toBuilder()
                                .setRefundPolicy(policies.get(UUID.fromString(event.getEventId())))
                                .build())
                        .toList());
    }

    private static PriceTier tier(Row row) {
        Price price = EventRows.price(row);
        return PriceTier.newBuilder()
                .setCode(row.getString("code"))
                .setName(row.getString("name"))
                .setFace(price.face().toProto())
                .setFee(price.fee().toProto())
                .setTax(price.tax().toProto())
                .setAllIn(price.allIn().toProto())
                .build();
    }

    private static Event event(EventHead head, List<PriceTier> tiers) {
        Event.Builder event = Event.newBuilder()
                .setEventId(head.eventId().toString())
                .setName(head.name())
                .setVenueId(head.venueId().toString())
                .setSeatMapId(head.seatMapId().toString())
                .setTimeZone(head.timeZone())
                .setSaleStart(Timestamps.fromMillis(head.terms().start().toEpochMilli()))
                .setSaleEnd(Timestamps.fromMillis(head.terms().end().toEpochMilli()))
                .setState(head.state())
                .setHoldTtl(Durations.fromMillis(head.terms().holdTtl().toMillis()))
                .setHoldHardMax(Durations.fromMillis(head.terms().holdHardMax().toMillis()))
                .setTicketLimit(head.terms().ticketLimit())
                .setLockingMode(head.terms().lockingMode())
                .addAllPriceTiers(tiers)
                .setPriceVersion(head.priceVersion())
                .setCapacity(head.capacity())
                .setVersion(head.version())
                .setEpoch(head.epoch());
        return withDates(event, head).build();
    }

    /** A date that counts for nothing any more is not shown. */
    private static Event.Builder withDates(Event.Builder event, EventHead head) {
        AfterSale after = head.afterSale();
        event.setTransfersForbidden(!after.transfersAllowed())
                .setDateToBeTold(!after.dateKnown())
                .setTimesPostponed(after.postponed());
        if (after.dateKnown()) {
            event.setEventTime(Timestamps.fromMillis(head.eventTime().toEpochMilli()));
        }
        if (head.seriesId() != null) {
            event.setSeriesId(head.seriesId().toString());
        }
        if (after.optOutUntil() != null) {
            event.setOptOutUntil(Timestamps.fromMillis(after.optOutUntil().toEpochMilli()));
        }
        return event;
    }
}
