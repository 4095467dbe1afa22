package dev.onsale.payment.movement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.payment.movement.Movement.Result;
import dev.onsale.payment.movement.PaymentMachine.Start;
import dev.onsale.payment.provider.ProviderOutcome;
import dev.onsale.payment.provider.ProviderOutcome.Approved;
import dev.onsale.payment.provider.ProviderOutcome.Declined;
import dev.onsale.payment.provider.ProviderOutcome.Failed;
import dev.onsale.payment.provider.ProviderOutcome.Unknown;
import dev.onsale.payment.provider.ProviderView;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PaymentMachineTest {
    private static final UUID MOVEMENT = UUID.randomUUID();

    /** G a movement begins (next standing), D done already, B busy, - refused. Columns: capture, void, refund. */
    @ParameterizedTest
    @CsvSource({
        "AUTHORIZING,        B,            G:VOIDING,  -",
        "AUTHORIZED,         G:CAPTURING,  G:VOIDING,  -",
        "DECLINED,           -,            D:VOIDED,   -",
        "CAPTURING,          B,            B,          B",
        "CAPTURED,           D:CAPTURED,   -,          G:REFUNDING",
        "VOIDING,            -,            B,          -",
        "VOIDED,             -,            D:VOIDED,   -",
        "REFUNDING,          -,            -,          B",
        "PARTIALLY_REFUNDED, -,            -,          G:REFUNDING",
        "REFUNDED,           -,            -,          -",
    })
    void beginsWhatTheStandingAllows(Standing now, String capture, String voiding, String refund) {
        assertThat(shown(PaymentMachine.start(now, Verb.CAPTURE))).isEqualTo(capture);
        assertThat(shown(PaymentMachine.start(now, Verb.VOID))).isEqualTo(voiding);
        assertThat(shown(PaymentMachine.start(now, Verb.REFUND))).isEqualTo(refund);
        assertThat(shown(PaymentMachine.start(now, Verb.AUTHORIZE))).isEqualTo("-");
    }

    @Test
    void aPaymentNobodyHasHeardOfCanBeAuthorizedOrClosed() {
        assertThat(shown(PaymentMachine.startUnheardOf(Verb.AUTHORIZE))).isEqualTo("G:AUTHORIZING");
        assertThat(shown(PaymentMachine.startUnheardOf(Verb.VOID))).isEqualTo("G:VOIDING");
        assertThat(shown(PaymentMachine.startUnheardOf(Verb.CAPTURE))).isEqualTo("-");
        assertThat(shown(PaymentMachine.startUnheardOf(Verb.REFUND))).isEqualTo("-");
    }

    @ParameterizedTest
    @CsvSource({
        "AUTHORIZING, AUTHORIZE, 0, 100, AUTHORIZED,         DECLINED",
        "CAPTURING,   CAPTURE,   0, 100, CAPTURED,           AUTHORIZED",
        "VOIDING,     VOID,      0, 100, VOIDED,             AUTHORIZED",
        "REFUNDING,   REFUND,    0, 100, REFUNDED,           CAPTURED",
        "REFUNDING,   REFUND,    0,  40, PARTIALLY_REFUNDED, CAPTURED",
        "REFUNDING,   REFUND,   40,  60, REFUNDED,           PARTIALLY_REFUNDED",
        "REFUNDING,   REFUND,   40,  20, PARTIALLY_REFUNDED, PARTIALLY_REFUNDED",
    })
    void settlesByTheProvidersDecision(
            Standing open, Verb verb, long refunded, long amount, Standing approved, Standing declined) {
        Payment payment = payment(open, refunded);
        Movement movement = new Movement(MOVEMENT, payment.id(), verb, amount, 1, Result.OPEN);

        Payment after = PaymentMachine.finish(payment, movement, new Approved("ref"));
        assertThat(after.standing()).isEqualTo(approved);
        assertThat(after.openMovement()).isNull();
        assertThat(after.version()).isEqualTo(payment.version() + 1);
        assertThat(PaymentMachine.finish(payment, movement, new Declined("no")).standing())
                .isEqualTo(declined);
        for (ProviderOutcome notKnown : List.of(new Unknown("?"), new Failed("!"))) {
            assertThat(PaymentMachine.finish(payment, movement, notKnown)).isEqualTo(payment);
        }
    }

    @ParameterizedTest
    @EnumSource(Standing.class)
    void aDecisionOnAnOvertakenMovementChangesNothing(Standing standing) {
        Payment payment = payment(standing, 0);
        for (Verb verb : Verb.values()) {
            Movement other = new Movement(UUID.randomUUID(), payment.id(), verb, 100, 1, Result.OPEN);
            assertThat(PaymentMachine.finish(payment, other, new Approved("ref")))
                    .isEqualTo(payment);
            assertThat(PaymentMachine.finish(payment, other, new Declined("no")))
                    .isEqualTo(payment);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "AUTHORIZE, ABSENT,     0,   0, unknown",
        "AUTHORIZE, AUTHORIZED, 0,   0, approved",
        "AUTHORIZE, CAPTURED,   100, 0, approved",
        "AUTHORIZE, DECLINED,   0,   0, declined",
        "AUTHORIZE, VOIDED,     0,   0, declined",
        "CAPTURE,   ABSENT,     0,   0, unknown",
        "CAPTURE,   AUTHORIZED, 0,   0, unknown",
        "CAPTURE,   CAPTURED,   100, 0, approved",
        "CAPTURE,   DECLINED,   0,   0, unknown",
        "CAPTURE,   VOIDED,     0,   0, declined",
        "VOID,      ABSENT,     0,   0, unknown",
        "VOID,      AUTHORIZED, 0,   0, unknown",
        "VOID,      DECLINED,   0,   0, unknown",
        "VOID,      CAPTURED,   100, 0, declined",
        "VOID,      VOIDED,     0,   0, approved",
        "REFUND,    CAPTURED,   100, 0, unknown",
        "REFUND,    CAPTURED,   100, 60, approved",
        "CAPTURE,   CAPTURED,   99,  0, unknown",
    })
    void readsTheProvidersView(
            Verb verb, ProviderView.Standing standing, long captured, long refunded, String expected) {
        Payment payment = payment(Standing.REFUNDING, 0);
        Movement movement = new Movement(MOVEMENT, payment.id(), verb, 60, 1, Result.OPEN);
        ProviderView view = new ProviderView(standing, 100, "EUR", captured, refunded, "ref", "");

        ProviderOutcome outcome = PaymentMachine.read(view, payment, movement);

        assertThat(outcome.getClass().getSimpleName()).isEqualToIgnoringCase(expected);
    }

    @Test
    void moneyNeverAppearsFromNowhereOnAnyPath() {
        Set<String> seen = new HashSet<>();
        walk(payment(Standing.AUTHORIZING, 0), Verb.AUTHORIZE, seen);
        for (Standing standing : Standing.values()) {
            assertThat(seen).anyMatch(step -> step.startsWith(standing + " "));
        }
    }

    /** Follows every decision on every movement that may begin, from a payment with an open movement. */
    private static void walk(Payment open, Verb verb, Set<String> seen) {
        seen.add(open.standing() + " ");
        Movement movement = new Movement(MOVEMENT, open.id(), verb, 50, 1, Result.OPEN);
        for (ProviderOutcome decision : List.of(new Approved("r"), new Declined("no"))) {
            Payment next = PaymentMachine.finish(open, movement, decision);
            assertThat(next.refunded()).isBetween(0L, next.captured());
            assertThat(next.captured()).isIn(0L, next.amount());
            if (!seen.add(next.standing() + " " + next.captured() + " " + next.refunded())) {
                continue;
            }
            for (Verb further : List.of(Verb.CAPTURE, Verb.VOID, Verb.REFUND)) {
                if (PaymentMachine.start(next.standing(), further) instanceof Start.Go go) {
                    walk(next.opened(go.next(), MOVEMENT), further, seen);
                }
            }
        }
    }

    private static Payment payment(Standing standing, long refunded) {
        long captured = standing == Standing.REFUNDING || standing == Standing.CAPTURED ? 100 : 0;
        return Payment.created(UUID.randomUUID(), standing, "simulator")
                .asked(new MoveRequest.Terms(UUID.randomUUID(), 100, "EUR", "tok_approve"))
                .moved(captured, refunded)
                .opened(standing, MOVEMENT);
    }

    private static String shown(Start start) {
        return switch (start) {
            case Start.Go go -> "G:" + go.next();
            case Start.Done done -> "D:" + done.next();
            case Start.Busy busy -> "B";
            case Start.Refused refused -> "-";
        };
    }
}
