package dev.onsale.payment.simulator;

import dev.onsale.payment.provider.ProviderOutcome;
import dev.onsale.payment.provider.ProviderOutcome.Approved;
import dev.onsale.payment.provider.ProviderOutcome.Declined;
import dev.onsale.payment.provider.ProviderOutcome.Failed;
import dev.onsale.payment.provider.ProviderPage;
import dev.onsale.payment.provider.ProviderPage.Found;
import dev.onsale.payment.provider.ProviderView;
import dev.onsale.payment.provider.ProviderView.Standing;
import dev.onsale.payment.simulator.LedgerEntry.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the bank knows, as a function of its ledger: {@link #decide} only proposes a line, {@link #post} makes it so, and
 * posting a file's lines in order gives the state that wrote them. Not thread-safe.
 */
final class BankAccounts {
    private static final int PAGE = 100;
    private static final int UUID_LENGTH = 36;
    private static final String NO_BALANCE = "insufficient_balance";

    /** When a payment was first heard of, and the booking it was said to pay for. */
    private record Opening(Instant at, String booking) {}

    /** One payment at the bank. */
    private record Account(
            Standing standing, long amount, String currency, String token, long captured, long refunded, String code) {
        static final Account ABSENT = new Account(Standing.ABSENT, 0, "", "", 0, 0, "");

        Account to(Standing next) {
            return new Account(next, amount, currency, token, captured, refunded, code);
        }

        Account moved(long nowCaptured, long nowRefunded) {
            return new Account(Standing.CAPTURED, amount, currency, token, nowCaptured, nowRefunded, code);
        }
    }

    private final Map<UUID, Account> accounts = new HashMap<>();
    private final Map<UUID, Opening> openings = new LinkedHashMap<>();
    private final Map<String, LedgerEntry> answers = new HashMap<>();
    private final Map<UUID, Integer> captureErrors = new HashMap<>();
    private final Map<UUID, Integer> refundErrors = new HashMap<>();
    private final Map<UUID, Integer> refundRefusals = new HashMap<>();
    private long seq;

    /** The kept answer to a key that was used before; empty: it was not. */
    Optional<ProviderOutcome> answered(BankOrder order) {
        LedgerEntry first = answers.get(order.key());
        if (first == null) {
            return Optional.empty();
        }
        boolean same = first.verb() == order.verb() && first.payment().equals(order.payment());
        return Optional.of(same ? answer(first) : new Failed("idempotency_error"));
    }

    /** The line this order would become; null: it gets an error that nobody remembers. */
    @Nullable LedgerEntry decide(BankOrder order, Instant now) {
        Account account = accounts.getOrDefault(order.payment(), Account.ABSENT);
        return switch (order.verb()) {
            case AUTHORIZE -> authorize(order, account, now);
            case CAPTURE -> capture(order, account, now);
            case VOID -> voidAuthorization(order, account, now);
            case REFUND -> refund(order, account, now);
        };
    }

    private LedgerEntry authorize(BankOrder order, Account account, Instant now) {
        Behaviour behaviour = Behaviour.of(order.token());
        if (account.standing() != Standing.ABSENT) {
            return line(
                    order, account, Outcome.REFUSED, account.standing() == Standing.VOIDED ? "voided" : "exists", now);
        }
        if (behaviour == Behaviour.STICKY_500 && account.token().isEmpty()) {
            return line(order, account, Outcome.ERROR, "error_500", now);
        }
        String decline = Behaviour.declineCode(order.token());
        return line(order, account, decline.isEmpty() ? Outcome.APPROVED : Outcome.DECLINED, decline, now);
    }

    private @Nullable LedgerEntry capture(BankOrder order, Account account, Instant now) {
        if (account.standing() != Standing.AUTHORIZED) {
            return line(order, account, Outcome.REFUSED, "not_authorized", now);
        }
        Behaviour behaviour = Behaviour.of(account.token());
        boolean refused =
                behaviour == Behaviour.CHAOS && Chaos.of(account.token()).refusesCaptures();
        if (behaviour == Behaviour.CAPTURE_REFUSED || refused) {
            return line(order, account, Outcome.REFUSED, "authorization_expired", now);
        }
        if (behaviour == Behaviour.CAPTURE_STICKY_500 && !captureErrors.containsKey(order.payment())) {
            return line(order, account, Outcome.ERROR, "error_500", now);
        }
        if (behaviour == Behaviour.CAPTURE_FAILS_TWICE && captureErrors.merge(order.payment(), 1, Integer::sum) <= 2) {
            return null;
        }
        LedgerEntry whole = line(order, account, Outcome.APPROVED, "", now);
        return behaviour == Behaviour.OTHER_AMOUNT ? whole.of(account.amount() - 1) : whole;
    }

    private LedgerEntry voidAuthorization(BankOrder order, Account account, Instant now) {
        boolean captured = account.standing() == Standing.CAPTURED;
        return line(order, account, captured ? Outcome.REFUSED : Outcome.APPROVED, captured ? "captured" : "", now);
    }

    private @Nullable LedgerEntry refund(BankOrder order, Account account, Instant now) {
        if (account.standing() != Standing.CAPTURED) {
            return line(order, account, Outcome.REFUSED, "not_captured", now);
        }
        Behaviour behaviour = Behaviour.of(account.token());
        if (behaviour == Behaviour.REFUND_REFUSED
                || (behaviour == Behaviour.REFUND_REFUSED_TWICE
                        && refundRefusals.getOrDefault(order.payment(), 0) < 2)) {
            return line(order, account, Outcome.REFUSED, NO_BALANCE, now);
        }
        if (behaviour == Behaviour.REFUND_FAILS_20 && refundErrors.merge(order.payment(), 1, Integer::sum) <= 20) {
            return null;
        }
        boolean enough = order.amount() > 0 && order.amount() <= account.captured() - account.refunded();
        return line(order, account, enough ? Outcome.APPROVED : Outcome.REFUSED, enough ? "" : "more_than_left", now);
    }

    private LedgerEntry line(BankOrder order, Account account, Outcome outcome, String code, Instant now) {
        boolean first = order.verb() == BankVerb.AUTHORIZE;
        boolean ownAmount = first || order.verb() == BankVerb.REFUND;
        return new LedgerEntry(
                seq + 1,
                now,
                order.verb(),
                order.payment(),
                order.key(),
                outcome,
                code,
                ownAmount ? order.amount() : account.amount(),
                first ? order.currency() : account.currency(),
                order.token(),
                order.booking());
    }

    /** Makes a line so. */
    void post(LedgerEntry line) {
        if (line.seq() != seq + 1) {
            throw new IllegalStateException("ledger line " + line.seq() + " after " + seq);
        }
        seq = line.seq();
        answers.put(line.key(), line);
        openings.putIfAbsent(line.payment(), new Opening(line.at(), line.booking()));
        if (line.outcome() == Outcome.ERROR && line.verb() == BankVerb.CAPTURE) {
            captureErrors.merge(line.payment(), 1, Integer::sum);
        }
        if (line.code().equals(NO_BALANCE)) {
            refundRefusals.merge(line.payment(), 1, Integer::sum);
        }
        accounts.compute(line.payment(), (id, was) -> after(was == null ? Account.ABSENT : was, line));
    }

    private static Account after(Account was, LedgerEntry line) {
        return switch (line.outcome()) {
            case REFUSED -> was;
            case ERROR ->
                line.verb() == BankVerb.AUTHORIZE ? new Account(Standing.ABSENT, 0, "", line.token(), 0, 0, "") : was;
            case DECLINED ->
                new Account(Standing.DECLINED, line.amount(), line.currency(), line.token(), 0, 0, line.code());
            case APPROVED ->
                switch (line.verb()) {
                    case AUTHORIZE ->
                        new Account(Standing.AUTHORIZED, line.amount(), line.currency(), line.token(), 0, 0, "");
                    case CAPTURE -> was.moved(line.amount(), 0);
                    case VOID -> was.to(Standing.VOIDED);
                    case REFUND -> was.moved(was.captured(), was.refunded() + line.amount());
                };
        };
    }

    /** How the bank answers for a line. */
    static ProviderOutcome answer(LedgerEntry line) {
        return switch (line.outcome()) {
            case APPROVED -> new Approved(reference(line.payment()));
            case DECLINED, REFUSED -> new Declined(line.code());
            case ERROR -> new Failed(line.code());
        };
    }

    ProviderView view(UUID payment) {
        Account account = accounts.getOrDefault(payment, Account.ABSENT);
        String reference = account.standing() == Standing.ABSENT ? "" : reference(payment);
        return new ProviderView(
                account.standing(),
                account.amount(),
                account.currency(),
                account.captured(),
                account.refunded(),
                reference,
                account.code());
    }

    /** A page of the payments first heard of between two times, in that order, behind the payment named. */
    ProviderPage list(Instant from, Instant until, String after) {
        List<Found> found = new ArrayList<>();
        boolean behind = after.isEmpty();
        for (Map.Entry<UUID, Opening> each : openings.entrySet()) {
            Instant at = each.getValue().at();
            if (behind && !at.isBefore(from) && at.isBefore(until)) {
                found.add(found(each.getKey(), each.getValue()));
            }
            if (found.size() == PAGE) {
                return new ProviderPage(found, each.getKey().toString());
            }
            behind = behind || each.getKey().toString().equals(after);
        }
        return new ProviderPage(found, "");
    }

    private Found found(UUID payment, Opening opening) {
        boolean named = opening.booking().length() == UUID_LENGTH;
        return new Found(payment, named ? UUID.fromString(opening.booking()) : null, view(payment));
    }

    /** The token a payment was authorized with; empty: it was not. */
    String token(UUID payment) {
        return accounts.getOrDefault(payment, Account.ABSENT).token();
    }

    private static String reference(UUID payment) {
        return "sim_" + payment.toString().replace("-", "");
    }
}
