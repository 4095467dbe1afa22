package dev.onsale.command.ticket;

import dev.onsale.runtime.auth.CompactJws;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes and reads the code of a ticket: a compact JWS, header {@code alg} EdDSA, {@code kid}, {@code typ}
 * {@code onsale-ticket}; claims {@code ticket}, {@code event}, {@code place}, {@code ref}.
 */
public final class TicketCodes {
    private static final String TYPE = "onsale-ticket";
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final TicketKeys keys;

    /** Codes signed and verified with these keys. */
    public TicketCodes(TicketKeys keys) {
        this.keys = keys;
    }

    /** The signed code. */
    public String sign(TicketCode code) {
        TicketKey key = keys.signing();
        JsonObject header =
                new JsonObject().put("alg", "EdDSA").put("kid", key.id()).put("typ", TYPE);
        JsonObject claims = new JsonObject()
                .put("ticket", code.ticketId().toString())
                .put("event", code.eventId().toString())
                .put("place", code.place())
                .put("ref", code.reference());
        String signed = encode(header) + "." + encode(claims);
        return signed + "." + BASE64URL.encodeToString(key.sign(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    /** What a code says; empty if it is not one of ours. Says nothing about whether the ticket is still good. */
    public Optional<TicketCode> verify(String text) {
        return CompactJws.parse(text).filter(this::genuine).flatMap(TicketCodes::read);
    }

    private boolean genuine(CompactJws jws) {
        return jws.header().getValue("kid") instanceof String kid
                && "EdDSA".equals(jws.header().getValue("alg"))
                && TYPE.equals(jws.header().getValue("typ"))
                && keys.find(kid)
                        .filter(key -> key.accepts(
                                jws.signed().getBytes(), jws.signature().getBytes()))
                        .isPresent();
    }

    private static Optional<TicketCode> read(CompactJws jws) {
        try {
            JsonObject claims = jws.claims();
            return Optional.of(new TicketCode(
                    UUID.fromString(claims.getString("ticket")),
                    UUID.fromString(claims.getString("event")),
                    claims.getString("place", ""),
                    claims.getString("ref", "")));
        } catch (RuntimeException notATicket) {
            return Optional.empty();
        }
    }

    private static String encode(JsonObject part) {
        return BASE64URL.encodeToString(part.encode().getBytes(StandardCharsets.UTF_8));
    }
}
