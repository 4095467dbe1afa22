package dev.onsale.payment.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChaosTest {
    private static final int TOKENS = 500;

    @Test
    void drawsTheSameFateForTheSameToken() {
        for (int i = 0; i < TOKENS; i++) {
            Chaos once = Chaos.of("tok_chaos_" + i);
            Chaos again = Chaos.of("tok_chaos_" + i);
            for (BankVerb verb : BankVerb.values()) {
                assertThat(once.fate(verb, 2)).isEqualTo(again.fate(verb, 2));
                assertThat(once.delay(verb, 2)).isEqualTo(again.delay(verb, 2)).isPositive();
                assertThat(once.post(verb)).isEqualTo(again.post(verb));
            }
            assertThat(once.declineCode()).isEqualTo(again.declineCode());
        }
    }

    @Test
    void lendsEveryFateToSomeCallAndEndsWell() {
        Set<Chaos.Fate> fates = EnumSet.noneOf(Chaos.Fate.class);
        Set<Chaos.Post> posts = EnumSet.noneOf(Chaos.Post.class);
        int declined = 0;
        int refused = 0;
        for (int i = 0; i < TOKENS; i++) {
            Chaos chaos = Chaos.of("tok_chaos_" + i);
            fates.add(chaos.fate(BankVerb.VOID, 1));
            posts.add(chaos.post(BankVerb.AUTHORIZE));
            declined += chaos.declineCode().isEmpty() ? 0 : 1;
            refused += chaos.refusesCaptures() ? 1 : 0;
            assertThat(chaos.fate(BankVerb.REFUND, 4)).isEqualTo(Chaos.Fate.ANSWERED);
        }
        assertThat(fates).containsExactlyInAnyOrder(Chaos.Fate.values());
        assertThat(posts).containsExactlyInAnyOrder(Chaos.Post.values());
        assertThat(declined).isBetween(TOKENS / 50, TOKENS / 5);
        assertThat(refused).isBetween(TOKENS / 50, TOKENS / 5);
    }
}
