package dev.onsale.payment.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {
    private long now;
    private final CircuitBreaker breaker =
            new CircuitBreaker(Duration.ofSeconds(10), Duration.ofSeconds(5), 10, () -> now);

    @Test
    void staysClosedWhileHalfOfTheCallsAreAnswered() {
        for (int i = 0; i < 1000; i++) {
            assertThat(breaker.admit()).isTrue();
            breaker.record(i % 2 == 0);
        }
        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void opensWhenMostCallsGetNoAnswer() {
        trouble(10);
        assertThat(breaker.isOpen()).isTrue();
        assertThat(breaker.admit()).isFalse();
    }

    @Test
    void aFewCallsAreNoReasonToOpen() {
        trouble(9);
        assertThat(breaker.admit()).isTrue();
    }

    @Test
    void letsOneProbeThroughAndClosesWhenItIsAnswered() {
        trouble(10);
        now += Duration.ofSeconds(6).toNanos();
        assertThat(breaker.admit()).isTrue();
        assertThat(breaker.admit()).isFalse();
        breaker.record(true);
        assertThat(breaker.admit()).isTrue();
        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void waitsAgainWhenTheProbeIsNotAnswered() {
        trouble(10);
        now += Duration.ofSeconds(6).toNanos();
        assertThat(breaker.admit()).isTrue();
        breaker.record(false);
        assertThat(breaker.admit()).isFalse();
        now += Duration.ofSeconds(6).toNanos();
        assertThat(breaker.admit()).isTrue();
    }

    @Test
    void oldTroubleIsForgotten() {
        trouble(9);
        now += Duration.ofSeconds(11).toNanos();
        trouble(9);
        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void answeredQuestionsDoNotHideThatNoMoneyMoves() {
        for (int i = 0; i < 10; i++) {
            trouble(1);
            breaker.recordQuestion(true);
        }
        assertThat(breaker.isOpen()).isTrue();
    }

    @Test
    void anAnsweredQuestionIsAProbe() {
        trouble(10);
        now += Duration.ofSeconds(6).toNanos();
        assertThat(breaker.admit()).isTrue();
        breaker.recordQuestion(true);
        assertThat(breaker.isOpen()).isFalse();
    }

    private void trouble(int calls) {
        for (int i = 0; i < calls; i++) {
            assertThat(breaker.admit()).isTrue();
            breaker.record(false);
        }
    }
}
