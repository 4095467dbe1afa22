package dev.onsale.payment.movement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.payment.movement.Movement.Result;
import dev.onsale.payment.provider.ProviderView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** I20: a payment's webhooks, in any order and however often each, end in the same state. */
class ObservationTest {
    private static final UUID MOVEMENT = UUID.randomUUID();
    private static final long AMOUNT = 100;

    private static final List<ProviderView> VIEWS = List.of(
            view(ProviderView.Standing.ABSENT, 0, 0),
            view(ProviderView.Standing.DECLINED, 0, 0),
            view(ProviderView.Standing.AUTHORIZED, 0, 0),
            view(ProviderView.Standing.VOIDED, 0, 0),
            view(ProviderView.Standing.CAPTURED, AMOUNT, 0),
            view(ProviderView.Standing.CAPTURED, AMOUNT, 40),
            view(ProviderView.Standing.CAPTURED, AMOUNT, AMOUNT));

    /** Where a payment may stand when its webhooks come, with the verb of its open movement. */
    record From(Standing standing, @Nullable Verb open, String declineCode) {}

    static Stream<From> starts() {
        return Stream.of(
                new From(Standing.AUTHORIZING, Verb.AUTHORIZE, ""),
                new From(Standing.AUTHORIZED, null, ""),
                new From(Standing.DECLINED, null, "card_declined"),
                new From(Standing.DECLINED, null, Payment.NO_ANSWER),
                new From(Standing.CAPTURING, Verb.CAPTURE, ""),
                new From(Standing.CAPTURED, null, ""),
                new From(Standing.VOIDING, Verb.VOID, ""),
                new From(Standing.VOIDED, null, ""),
                new From(Standing.REFUNDING, Verb.REFUND, ""),
                new From(Standing.PARTIALLY_REFUNDED, null, ""),
                new From(Standing.REFUNDED, null, ""));
    }

    /** Every subset of all views, also of those that no provider would send together: every order, each view twice. */
    @ParameterizedTest
    @MethodSource("starts")
    void everyOrderOfEverySetOfWebhooksEndsInTheSameState(From from) {
        int orders = 0;
        for (int subset = 1; subset < 1 << VIEWS.size(); subset++) {
            List<ProviderView> views = subset(subset);
            Set<String> ends = new HashSet<>();
            for (List<ProviderView> order : orders(views)) {
                ends.add(end(from, order));
                ends.add(end(from, twice(order)));
                ends.add(end(from, again(order)));
                ends.add(end(
                        from,
                        Stream.concat(order.stream(), order.reversed().stream()).toList()));
                orders++;
            }
            assertThat(ends).describedAs(from + " " + views).hasSize(1);
        }
        assertThat(orders).isEqualTo(13_699);
    }

    @Test
    void aWholePaymentEndsRefundedInAllItsOrders() {
        List<ProviderView> whole = VIEWS.subList(2, 7).stream()
                .filter(view -> view.standing() != ProviderView.Standing.VOIDED)
                .toList();
        for (List<ProviderView> order : orders(whole)) {
            assertThat(end(new From(Standing.AUTHORIZING, Verb.AUTHORIZE, ""), order))
                    .startsWith("REFUNDED null 100 100");
        }
    }

    @Test
    void anotherAmountOrCurrencyProvesNothing() {
        Payment payment = payment(new From(Standing.AUTHORIZING, Verb.AUTHORIZE, ""));
        for (ProviderView odd : List.of(
                new ProviderView(ProviderView.Standing.AUTHORIZED, 99, "EUR", 0, 0, "r", ""),
                new ProviderView(ProviderView.Standing.AUTHORIZED, 100, "USD", 0, 0, "r", ""),
                new ProviderView(ProviderView.Standing.CAPTURED, 100, "EUR", 60, 0, "r", ""))) {
            assertThat(Observation.of(payment, movement(Verb.AUTHORIZE), odd).payment())
                    .isEqualTo(payment);
            assertThat(Observation.fits(payment, odd)).isFalse();
        }
    }

    @Test
    void aPaymentThatWasClosedIsNotOpenedByOldNews() {
        From closed = new From(Standing.DECLINED, null, Payment.NO_ANSWER);
        assertThat(end(closed, List.of(VIEWS.get(2)))).startsWith("DECLINED");
        assertThat(end(new From(Standing.VOIDED, null, ""), List.of(VIEWS.get(2))))
                .startsWith("VOIDED");
    }

    /** The state that counts; how often it changed on the way does not. */
    private static String end(From from, List<ProviderView> views) {
        Payment payment = payment(from);
        Result result = Result.OPEN;
        for (ProviderView view : views) {
            Movement open = payment.openMovement() == null || from.open() == null ? null : movement(from.open());
            Observation seen = Observation.of(payment, open, view);
            if (!sound(seen.payment())) {
                throw new AssertionError(from + " " + views + ": " + seen);
            }
            payment = seen.payment();
            result = seen.ended() == null ? result : seen.ended();
        }
        return payment.standing() + " " + payment.openMovement() + " " + payment.captured() + " " + payment.refunded();
    }

    private static boolean sound(Payment payment) {
        return payment.refunded() <= payment.captured()
                && (payment.openMovement() != null) == payment.standing().open();
    }

    private static List<ProviderView> again(List<ProviderView> views) {
        List<ProviderView> all = new ArrayList<>(views);
        all.addAll(views);
        return all;
    }

    private static List<ProviderView> twice(List<ProviderView> views) {
        return views.stream().flatMap(view -> Stream.of(view, view)).toList();
    }

    private static List<ProviderView> subset(int bits) {
        List<ProviderView> views = new ArrayList<>();
        for (int i = 0; i < VIEWS.size(); i++) {
            if ((bits >> i & 1) == 1) {
                views.add(VIEWS.get(i));
            }
        }
        return views;
    }

    static <T> List<List<T>> orders(List<T> all) {
        if (all.isEmpty()) {
            return List.of(List.of());
        }
        List<List<T>> orders = new ArrayList<>();
        for (T first : all) {
            List<T> rest = new ArrayList<>(all);
            rest.remove(first);
            orders(rest).forEach(order -> {
                List<T> one = new ArrayList<>(List.of(first));
                one.addAll(order);
                orders.add(one);
            });
        }
        return orders;
    }

    private static ProviderView view(ProviderView.Standing standing, long captured, long refunded) {
        boolean heard = standing != ProviderView.Standing.ABSENT;
        return new ProviderView(standing, heard ? AMOUNT : 0, heard ? "EUR" : "", captured, refunded, "ref", "");
    }

    private static Movement movement(Verb verb) {
        return new Movement(MOVEMENT, new UUID(0, 1), verb, 40, 1, Result.OPEN);
    }

    private static Payment payment(From from) {
        boolean captured = switch (from.standing()) {
            case CAPTURED, REFUNDING, PARTIALLY_REFUNDED, REFUNDED -> true;
            default -> false;
        };
        long refunded = switch (from.standing()) {
            case PARTIALLY_REFUNDED -> 40;
            case REFUNDED -> AMOUNT;
            default -> 0;
        };
        return new Payment(
                new UUID(0, 1),
                new UUID(0, 2),
                AMOUNT,
                "EUR",
                "tok",
                from.standing(),
                from.open() == null ? null : MOVEMENT,
                captured ? AMOUNT : 0,
                refunded,
                "simulator",
                "ref",
                from.declineCode(),
                Instant.EPOCH,
                1);
    }
}
