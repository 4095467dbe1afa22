package dev.onsale.command.partner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiKeyTextTest {

    @Test
    void readsWhatItWroteAndNoOtherLengthOrCase() {
        ApiKeyText key = ApiKeyText.random();

        assertThat(ApiKeyText.parse(key.text())).contains(key);
        assertThat(ApiKeyText.parse(key.text() + "0")).isEmpty();
        assertThat(ApiKeyText.parse(" " + key.text())).isEmpty();
        assertThat(ApiKeyText.parse(key.text().toUpperCase(java.util.Locale.ROOT)))
                .isEmpty();
    }

    /** A mistyped digit anywhere is seen without a look into the store. */
    @Test
    void noticesEveryMistypedDigit() {
        String text = ApiKeyText.random().text();
        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == '0' ? '1' : '0';
            assertThat(ApiKeyText.parse(text.substring(0, i) + other + text.substring(i + 1)))
                    .as("digit %d", i)
                    .isEmpty();
        }
    }

    @Test
    void isStoredAsAHashThatOnlyItsOwnSecretFits() {
        ApiKeyText key = ApiKeyText.random();

        assertThat(key.fits(key.hash())).isTrue();
        assertThat(new ApiKeyText(key.keyId(), ApiKeyText.random().secret()).fits(key.hash()))
                .isFalse();
        assertThat(new String(key.hash(), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain(key.secret());
        assertThat(key.toString()).doesNotContain(key.secret());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "osk_", "osk__", "Bearer x", "osk_0123456789abcdef_", "'; DROP TABLE api_keys; --"})
    void isNotFoundInOtherTexts(String text) {
        assertThat(ApiKeyText.parse(text)).isEmpty();
    }
}
