package dev.onsale.command.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

final class FingerprintsTest {
    private static final UUID EVENT = UUID.randomUUID();
    private final Fingerprints prints = new Fingerprints("key");

    @Test
    void whatMailSystemsIgnoreIsIgnored() {
        assertThat(prints.email(EVENT, " Ann+tickets@Example.org"))
                .isPresent()
                .isEqualTo(prints.email(EVENT, "ann@example.org"));
        assertThat(prints.email(EVENT, "ann@ex+ample.org")).isNotEqualTo(prints.email(EVENT, "ann@ex"));
        assertThat(prints.phone(EVENT, "+49 (421) 123-456")).isPresent().isEqualTo(prints.phone(EVENT, "49421123456"));
        assertThat(prints.phone(EVENT, "123")).isEmpty();
    }

    @Test
    void nobodyIsFollowedFromOneEventToAnotherNorFoundWithoutTheKey() {
        assertThat(prints.account(EVENT, "ann"))
                .isNotEqualTo(prints.account(UUID.randomUUID(), "ann"))
                .isNotEqualTo(new Fingerprints("other").account(EVENT, "ann"))
                .doesNotContain("ann");
    }

    @Test
    void aDeviceIsShortAndNotEmpty() {
        assertThat(prints.device(EVENT, "  ")).isEmpty();
        assertThat(prints.device(EVENT, "d".repeat(301))).isEmpty();
        assertThat(prints.device(EVENT, "d".repeat(300))).isPresent();
    }
}
