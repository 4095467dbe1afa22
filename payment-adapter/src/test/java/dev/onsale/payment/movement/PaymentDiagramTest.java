package dev.onsale.payment.movement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.payment.movement.Movement.Result;
import dev.onsale.payment.movement.PaymentMachine.Start;
import dev.onsale.payment.provider.ProviderOutcome;
import dev.onsale.payment.provider.ProviderOutcome.Approved;
import dev.onsale.payment.provider.ProviderOutcome.Declined;
import dev.onsale.payment.provider.ProviderView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** docs/payments.md shows the machine as it is. */
class PaymentDiagramTest {
    private static final UUID ID = new UUID(0, 1);
    private static final String BEGIN = "<!-- diagram -->\n";
    private static final String END = "<!-- end -->";
    private static final Map<Standing, Verb> OPEN = Map.of(
            Standing.AUTHORIZING, Verb.AUTHORIZE,
            Standing.CAPTURING, Verb.CAPTURE,
            Standing.VOIDING, Verb.VOID,
            Standing.REFUNDING, Verb.REFUND);

    private final TreeMap<String, TreeSet<String>> arrows = new TreeMap<>();

    @Test
    void theDocumentShowsTheMachineAsItIs() throws Exception {
        Path document = Path.of(System.getProperty("onsale.root", ".."), "docs", "payments.md");
        String text = Files.readString(document);
        String drawn = text.substring(text.indexOf(BEGIN) + BEGIN.length(), text.indexOf(END));

        assertThat(drawn).as("put this between the marks in docs/payments.md").isEqualTo(diagram());
    }

    private String diagram() {
        for (Verb verb : Verb.values()) {
            begins("[*]", PaymentMachine.startUnheardOf(verb), verb);
            for (Standing standing : Standing.values()) {
                begins(standing.word(), PaymentMachine.start(standing, verb), verb);
            }
        }
        for (Standing standing : Standing.values()) {
            ends(standing);
            sees(standing);
        }
        StringBuilder drawn = new StringBuilder("```mermaid\nstateDiagram-v2\n");
        arrows.forEach((arrow, whys) ->
                drawn.append(arrow).append(String.join(", ", whys)).append('\n'));
        return drawn.append("```\n").toString();
    }

    private void begins(String from, Start start, Verb verb) {
        if (start instanceof Start.Go go) {
            arrow(from, go.next(), verb.word());
        }
        if (start instanceof Start.Done done && !done.next().word().equals(from)) {
            arrow(from, done.next(), verb.word());
        }
    }

    private void ends(Standing standing) {
        Verb verb = OPEN.get(standing);
        if (verb == null) {
            return;
        }
        for (long refunded : verb == Verb.REFUND ? new long[] {0, 40} : new long[] {0}) {
            for (long amount : verb == Verb.REFUND ? new long[] {20, 100 - refunded} : new long[] {100}) {
                Movement movement = new Movement(ID, ID, verb, amount, 1, Result.OPEN);
                Payment payment = payment(standing, refunded);
                for (ProviderOutcome outcome : List.of(new Approved("r"), new Declined("no"))) {
                    Payment after = PaymentMachine.finish(payment, movement, outcome);
                    arrow(standing.word(), after.standing(), outcome instanceof Approved ? "done" : "refused");
                }
            }
        }
    }

    /** What a sighting makes of a payment without an open movement: nobody of us asked for it. */
    private void sees(Standing standing) {
        if (standing.open()) {
            return;
        }
        for (ProviderView view : List.of(
                view(ProviderView.Standing.DECLINED, 0),
                view(ProviderView.Standing.AUTHORIZED, 0),
                view(ProviderView.Standing.VOIDED, 0),
                view(ProviderView.Standing.CAPTURED, 0),
                view(ProviderView.Standing.CAPTURED, 60),
                view(ProviderView.Standing.CAPTURED, 100))) {
            Payment before = payment(standing, standing == Standing.PARTIALLY_REFUNDED ? 40 : 0);
            Payment after = Observation.of(before, null, view).payment();
            if (after.standing() != before.standing()) {
                arrow(standing.word(), after.standing(), "seen");
            }
        }
    }

    private void arrow(String from, Standing to, String why) {
        arrows.computeIfAbsent("    " + from + " --> " + to.word() + " : ", first -> new TreeSet<>())
                .add(why);
    }

    private static ProviderView view(ProviderView.Standing standing, long refunded) {
        long captured = standing == ProviderView.Standing.CAPTURED ? 100 : 0;
        return new ProviderView(standing, 100, "EUR", captured, refunded, "r", "");
    }

    private static Payment payment(Standing standing, long refunded) {
        boolean captured = switch (standing) {
            case CAPTURED, REFUNDING, PARTIALLY_REFUNDED, REFUNDED -> true;
            default -> false;
        };
        Payment asked = Payment.created(ID, standing, "simulator")
                .asked(new MoveRequest.Terms(ID, 100, "EUR", "tok"))
                .moved(captured ? 100 : 0, standing == Standing.REFUNDED ? 100 : refunded);
        return standing.open() ? asked.opened(standing, ID) : asked;
    }
}
