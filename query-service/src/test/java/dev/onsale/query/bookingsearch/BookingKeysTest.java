package dev.onsale.query.bookingsearch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BookingKeysTest {
    @Test
    void everyPartOfAReferenceBeginsOneOfItsTails() {
        String plain = BookingKeys.reference("k7qm-2xpa");
        assertThat(plain).isEqualTo("K7QM2XPA");
        for (int from = 0; from < plain.length(); from++) {
            for (int to = from + BookingKeys.SHORTEST_PART; to <= plain.length(); to++) {
                String part = plain.substring(from, to);
                assertThat(BookingKeys.tails("K7QM-2XPA")).anyMatch(tail -> tail.startsWith(part));
            }
        }
        assertThat(BookingKeys.tails("AB")).isEmpty();
        assertThat(BookingKeys.tails("A".repeat(40_000)))
                .as("nobody can ask for more")
                .hasSize(18);
    }

    @Test
    void whatPeopleDialIsAnEndingOfWhatIsStored() {
        String stored = BookingKeys.phone("+49 170 1234567");
        assertThat(stored).endsWith(BookingKeys.phone("0170/1234567"));
        assertThat(stored).endsWith(BookingKeys.phone("0049 170 1234567"));
        assertThat(stored).endsWith(BookingKeys.phone("123-45-67"));
        assertThat(BookingKeys.reversed("123")).isEqualTo("321");
    }
}
