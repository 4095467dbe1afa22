package dev.onsale.waitingroom.place;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.waitingroom.place.PlaceTickets.Place;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTicketsTest {

    private static final UUID EVENT = UUID.fromString("0190b1a4-5c6d-7e8f-9a0b-1c2d3e4f5a6b");
    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final PlaceTickets TICKETS = PlaceTickets.of(EVENT, SECRET);

    @Test
    void readsWhatItIssued() {
        for (long entry : new long[] {1, 12_345, 100_000_000, Long.MAX_VALUE}) {
            for (long fingerprint : new long[] {0, -1, 0x1234_5678_9abc_def0L}) {
                String ticket = TICKETS.issue(entry, fingerprint);
                assertThat(TICKETS.read(ticket)).contains(new Place(EVENT, entry, fingerprint));
                assertThat(PlaceTickets.event(ticket)).contains(EVENT);
                assertThat(ticket).matches("[A-Za-z0-9_-]{1,128}");
            }
        }
    }

    /** Tickets that fans hold stay good: this one was made when the format was. */
    @Test
    void theFormatHasNotChanged() {
        assertThat(TICKETS.issue(42, 0x0102_0304_0506_0708L))
                .isEqualTo("AQGQsaRcbX6PmgscLT5PWmsAAAAAAAAAKgECAwQFBgcIFk2p5VTZLccX2fIT9af6Kw");
    }

    @Test
    void anyAlteredBitMakesItWorthless() {
        byte[] bytes = Base64.getUrlDecoder().decode(TICKETS.issue(42, 7));
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] altered = bytes.clone();
            altered[bit / 8] ^= (byte) (1 << bit % 8);
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(altered);
            assertThat(TICKETS.read(text)).as("bit %d", bit).isEmpty();
        }
    }

    @Test
    void anotherWayToWriteTheSameBytesIsNoTicket() {
        String ticket = TICKETS.issue(42, 7);
        char last = ticket.charAt(65);
        for (char c = '0'; c <= 'z'; c++) {
            String other = ticket.substring(0, 65) + c;
            assertThat(TICKETS.read(other).isPresent()).isEqualTo(c == last);
        }
        assertThat(TICKETS.read(ticket + "==")).isEmpty();
        assertThat(TICKETS.read(ticket + "\n")).isEmpty();
    }

    @Test
    void anotherRoomsTicketIsWorthless() {
        UUID other = new UUID(1, 2);
        byte[] otherSecret = SECRET.clone();
        otherSecret[0] ^= 1;
        assertThat(TICKETS.read(PlaceTickets.of(other, SECRET).issue(42, 7))).isEmpty();
        assertThat(TICKETS.read(PlaceTickets.of(EVENT, otherSecret).issue(42, 7)))
                .isEmpty();
        assertThat(PlaceTickets.of(other, SECRET).read(TICKETS.issue(42, 7))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "....", "ÄÖÜ", "AQGQsaRcbX6PmgscLT5PWmsAAAAAAAAAKgAAAAAAAAAH"})
    void garbageIsNoTicket(String text) {
        assertThat(TICKETS.read(text)).isEmpty();
        assertThat(PlaceTickets.event(text)).isEmpty();
    }

    @Test
    void aLongTextIsRefusedUnread() {
        assertThat(TICKETS.read("A".repeat(1_000_000))).isEmpty();
    }
}
