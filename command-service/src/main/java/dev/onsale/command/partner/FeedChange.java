package dev.onsale.command.partner;

import com.google.type.Money;
import dev.onsale.proto.partner.v1.PartnerChange;
import dev.onsale.proto.partner.v1.PartnerChangeKind;
import dev.onsale.proto.partner.v1.SignedChange;
import dev.onsale.runtime.auth.SigningKey;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A numbered change of a partner's feed.
 *
 * @param number its place
 * @param changeId names it for ever
 * @param kind what happened, a {@link PartnerChangeKind} without its prefix
 * @param at when
 * @param event the event
 * @param booking the booking; null: about the event
 * @param facts how things stood: {@code reference, state, total, refunded, currency, tickets, reason, ticket, replaced}
 */
record FeedChange(
        long number,
        UUID changeId,
        String kind,
        Instant at,
        UUID event,
        @Nullable UUID booking,
        JsonObject facts) {

    /** The {@code typ} of the signature. */
    static final String TYPE = "partner-change";

    private static final String PREFIX = "PARTNER_CHANGE_KIND_";

    static FeedChange of(Row row) {
        return new FeedChange(
                row.getLong("number"),
                row.getUUID("change_id"),
                row.getString("kind"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getUUID("event_id"),
                row.getUUID("booking_id"),
                row.getJsonObject("facts"));
    }

    /** The JSON that is signed and posted: always the same bytes for the same change. */
    String payload() {
        JsonObject json = new JsonObject()
                .put("number", number)
                .put("change_id", changeId.toString())
                .put("kind", kind)
                .put("change_time", at.toString())
                .put("event_id", event.toString());
        if (booking == null) {
            return json.put("state", facts.getString("state")).encode();
        }
        json.put("booking_id", booking.toString())
                .put("reference", facts.getString("reference"))
                .put("state", facts.getString("state"))
                .put("total_minor", facts.getLong("total"))
                .put("refunded_minor", facts.getLong("refunded"))
                .put("currency", facts.getString("currency").strip())
                .put("tickets", facts.getInteger("tickets"))
                .put("reason", facts.getString("reason"));
        if (facts.containsKey("ticket")) {
            json.put("ticket_id", facts.getString("ticket")).put("replaced_ticket_id", facts.getString("replaced"));
        }
        return json.encode();
    }

    /** With its proof. */
    SignedChange signed(SigningKey key) {
        String payload = payload();
        return SignedChange.newBuilder()
                .setChange(wire())
                .setPayload(payload)
                .setSignature(key.signDetached(TYPE, payload.getBytes(StandardCharsets.UTF_8)))
                .build();
    }

    private PartnerChange wire() {
        PartnerChange.Builder wire = PartnerChange.newBuilder()
                .setNumber(number)
                .setChangeId(changeId.toString())
                .setKind(PartnerChangeKind.valueOf(PREFIX + kind))
                .setChangeTime(PartnerView.time(at))
                .setEventId(event.toString())
                .setState(facts.getString("state"));
        if (booking != null) {
            wire.setBookingId(booking.toString())
                    .setReference(facts.getString("reference"))
                    .setTotal(money("total"))
                    .setRefunded(money("refunded"))
                    .setTickets(facts.getInteger("tickets"))
                    .setReason(facts.getString("reason"))
                    .setTicketId(facts.getString("ticket", ""))
                    .setReplacedTicketId(facts.getString("replaced", ""));
        }
        return wire.build();
    }

    private Money money(String name) {
        return new dev.onsale.runtime.money.Money(facts.getString("currency").strip(), facts.getLong(name)).toProto();
    }
}
