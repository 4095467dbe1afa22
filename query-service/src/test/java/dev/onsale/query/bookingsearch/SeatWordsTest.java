package dev.onsale.query.bookingsearch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeatWordsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "112-F-7",
                "112-f-07",
                "112 F 7",
                "112/F/7",
                "section 112 row F seat 7",
                "Section 112, Row F, Seat 7",
                "sec. 112 row f no. 7",
                "112 row F seat 7",
                "seat 7, row F, block 112",
                "  SECTION  112  ROW  F  SEAT  007 "
            })
    void readsASeatAsPeopleSayIt(String text) {
        assertThat(SeatWords.read(text)).contains(new SeatWords("112", "F", "7"));
    }

    @Test
    void readsRowsSectionsAndAreas() {
        assertThat(SeatWords.read("section 112 row F")).contains(new SeatWords("112", "F", ""));
        assertThat(SeatWords.read("112 F").orElseThrow().key()).isEqualTo("112-F-");
        assertThat(SeatWords.read("section 112").orElseThrow().key()).isEqualTo("112-");
        assertThat(SeatWords.read("floor")).contains(new SeatWords("FLOOR", "", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "row F",
                "seat 7",
                "row F seat 7",
                "section 112 seat 7",
                "112-F-x",
                "112-F-1234567",
                "one two three four",
                "averyverylongcode-1-1"
            })
    void isNoSeat(String text) {
        assertThat(SeatWords.read(text)).isEmpty();
    }
}
