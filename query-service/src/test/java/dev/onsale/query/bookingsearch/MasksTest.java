package dev.onsale.query.bookingsearch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MasksTest {
    @ParameterizedTest
    @CsvSource({
        "alice@example.com, a***e@e***.com",
        "bob@example.co.uk, b***@e***.uk",
        "x@y, x***@y***",
        "a@b@example.com, a***@e***.com",
        "ж@почта.рф, ж***@п***.рф",
        "nonsense, ***",
        "@example.com, ***",
        "'', ''"
    })
    void leavesOfAnAddressWhatIsRecognised(String email, String masked) {
        assertThat(Masks.email(email)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({"+49 170 1234567, ***567", "12, ***", "'', ''"})
    void leavesOfANumberItsLastDigits(String phone, String masked) {
        assertThat(Masks.phone(phone)).isEqualTo(masked);
    }
}
