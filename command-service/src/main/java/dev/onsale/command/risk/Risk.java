package dev.onsale.command.risk;

import dev.onsale.command.catalog.EventCatalog;
import dev.onsale.command.inventory.HoldId;
import dev.onsale.proto.booking.v1.CreateBookingRequest;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.inventory.v1.CreateHoldRequest;
import dev.onsale.proto.inventory.v1.SwapHoldRequest;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.challenge.WorkProof;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lets calls of fans for holds and bookings through, or asks for a proof of work, a pause, or for nothing more. Costs nothing while it
 * is off, and one round trip to Redis otherwise. What can't be measured is let through, and counted. Safe for any thread.
 */
public final class Risk {
    /** Metadata: an opaque name of the device, the same for each call from it. */
    public static final String DEVICE_HEADER = "onsale-device";

    /** Metadata: the solution of the challenge in a refusal. */
    public static final String SOLUTION_HEADER = "onsale-challenge-solution";

    private static final Sql KEY = Sql.load(Risk.class, "key.sql");
    private static final Future<Void> THROUGH = Future.succeededFuture();

    private final @Nullable Parts parts;

    /** What it takes if it is not off. */
    private record Parts(
            RiskConfig config,
            RiskDesk desk,
            Fingerprints fingerprints,
            Overrides overrides,
            VerdictLog log,
            RiskMeters meters) {}

    private Risk(@Nullable Parts parts) {
        this.parts = parts;
    }

    /** Lets everything through. */
    public static Risk off() {
        return new Risk(null);
    }

    /**
     * Starts as the settings say; fails if PostgreSQL can't be read.
     *
     * @param shards number of shards, the same in every service
     */
    public static Future<Risk> start(
            Vertx vertx,
            Database database,
            Redis redis,
            int shards,
            EventCatalog catalog,
            RiskConfig config,
            MeterRegistry registry) {
        if (config.mode() == RiskMode.OFF) {
            return Future.succeededFuture(off());
        }
        Networks networks = config.networks().map(Networks::read).orElseGet(() -> Networks.of(List.of()));
        return database.run(KEY).compose(rows -> {
            Fingerprints fingerprints = new Fingerprints(rows.iterator().next().getString("key"));
            Signals signals = new Signals(config, networks);
            RiskDesk desk = new RiskDesk(
                    config,
                    asking -> ordinals(catalog, asking),
                    new RiskMeter(redis, shards, config.limits(), fingerprints),
                    signals,
                    fingerprints,
                    new WorkProof(
                            fingerprints.keyFor("challenge"),
                            config.work().maxNumber(),
                            config.work().lifetime(),
                            Clock.systemUTC()));
            return Overrides.start(vertx, database, config.records().overridesEvery())
                    .map(overrides -> new Risk(new Parts(
                            config,
                            desk,
                            fingerprints,
                            overrides,
                            new VerdictLog(vertx, database, config.records(), registry),
                            new RiskMeters(registry, signals.names()))));
        });
    }

    /** Names that no seat has are the handler's to refuse. */
    private static Future<List<Integer>> ordinals(EventCatalog catalog, Asking asking) {
        return asking.seatIds().isEmpty()
                ? Future.succeededFuture(List.of())
                : catalog.event(asking.eventId())
                        .map(event -> asking.seatIds().stream()
                                .flatMapToInt(seat -> event.ordinal(seat).stream())
                                .boxed()
                                .toList());
    }

    /** Whether a call may hold. Fails with CHALLENGE_REQUIRED, RATE_LIMITED or RISK_DENIED. */
    public Future<Void> hold(Call call, CreateHoldRequest request) {
        if (parts == null || exempt(call)) {
            return THROUGH;
        }
        UUID event = UUID.fromString(request.getEventId());
        HoldId id = HoldId.of(event, call.account(), request.getRequestId());
        return check(
                parts,
                call,
                event,
                Asking.Want.HOLD,
                id.value(),
                request.getSeats().getSeatIdsList(),
                device(parts, call, event));
    }

    /** Whether a call may change a hold. Fails with CHALLENGE_REQUIRED, RATE_LIMITED or RISK_DENIED. */
    public Future<Void> swap(Call call, SwapHoldRequest request) {
        if (parts == null || exempt(call)) {
            return THROUGH;
        }
        Parts known = parts;
        return HoldId.parse(request.getHoldId())
                .map(id -> check(
                        known,
                        call,
                        id.eventId(),
                        Asking.Want.SWAP,
                        id.value(),
                        request.getSeats().getSeatIdsList(),
                        device(known, call, id.eventId())))
                .orElse(THROUGH);
    }

    /** Whether a call may book. Fails with CHALLENGE_REQUIRED, RATE_LIMITED or RISK_DENIED. */
    public Future<Void> booking(Call call, CreateBookingRequest request) {
        if (parts == null || exempt(call)) {
            return THROUGH;
        }
        Parts known = parts;
        return HoldId.parse(request.getHoldId())
                .map(id -> check(
                        known,
                        call,
                        id.eventId(),
                        Asking.Want.BOOKING,
                        id.value(),
                        List.of(),
                        buyer(known, call, id.eventId(), request)))
                .orElse(THROUGH);
    }

    /** Partners answer for their own; staff and our own services are none of its business. */
    private static boolean exempt(Call call) {
        return !call.principal().is(Role.FAN)
                || call.principal().is(Role.SUPPORT)
                || call.principal().is(Role.SERVICE);
    }

    private static List<Trait> device(Parts parts, Call call, UUID event) {
        String device = Objects.requireNonNullElse(call.header(DEVICE_HEADER), "");
        return parts.fingerprints().device(event, device).stream().toList();
    }

    private static List<Trait> buyer(Parts parts, Call call, UUID event, CreateBookingRequest request) {
        List<Trait> traits = new ArrayList<>(device(parts, call, event));
        Fingerprints fingerprints = parts.fingerprints();
        if (parts.config().ignoredPayments().stream().noneMatch(request.getPaymentToken()::startsWith)) {
            fingerprints.payment(event, request.getPaymentToken()).ifPresent(traits::add);
        }
        fingerprints.email(event, request.getContact().getEmail()).ifPresent(traits::add);
        fingerprints.phone(event, request.getContact().getPhone()).ifPresent(traits::add);
        return traits;
    }

    private static Future<Void> check(
            Parts parts,
            Call call,
            UUID event,
            Asking.Want want,
            String holdId,
            List<String> seatIds,
            List<Trait> traits) {
        if (parts.overrides().holdsFor(call.account(), event)) {
            parts.meters().overridden();
            return THROUGH;
        }
        String solution = Objects.requireNonNullElse(call.header(SOLUTION_HEADER), "");
        Asking asking = new Asking(call.account(), event, want, holdId, seatIds, traits, call.peer(), solution);
        return parts.desk()
                .judge(asking)
                .transform(judged -> judged.succeeded() ? act(parts, asking, judged.result()) : unmeasured(parts));
    }

    private static Future<Void> unmeasured(Parts parts) {
        parts.meters().unmeasured();
        return THROUGH;
    }

    private static Future<Void> act(Parts parts, Asking asking, Judgement judgement) {
        boolean enforced = parts.config().mode() == RiskMode.ENFORCE;
        parts.meters().judged(judgement, enforced);
        if (judgement.verdict() == Verdict.ALLOW) {
            return THROUGH;
        }
        UUID id = parts.log().note(asking, judgement, enforced);
        return enforced
                ? refusal(parts, asking, judgement).with("verdict_id", id).future()
                : THROUGH;
    }

    /** Says what to do, not what was seen: that is between support and the fan. */
    private static Refusal refusal(Parts parts, Asking asking, Judgement judgement) {
        return switch (judgement.verdict()) {
            case CHALLENGE -> challenge(parts, asking, judgement);
            case SLOW ->
                Refusal.of(ErrorReason.ERROR_REASON_RATE_LIMITED, "The calls come too fast")
                        .retryAfter(parts.config().slowPause());
            case DENY, ALLOW -> denied(judgement);
        };
    }

    /** One who will be slowed is told so: to come back sooner would only spend a call. */
    private static Refusal challenge(Parts parts, Asking asking, Judgement judgement) {
        Refusal refusal = Refusal.of(ErrorReason.ERROR_REASON_CHALLENGE_REQUIRED, "A challenge is to be solved first")
                .with("challenge", parts.desk().challenge(asking));
        boolean slowed = judgement.score() >= parts.config().thresholds().slow();
        return slowed ? refusal.retryAfter(parts.config().slowPause()) : refusal;
    }

    /** If it would pass but for the cool-down, it is told how long that lasts. */
    private static Refusal denied(Judgement judgement) {
        Refusal refusal =
                Refusal.of(ErrorReason.ERROR_REASON_RISK_DENIED, "The account may not hold or book for this event now");
        long wait = judgement.measures().coolDown();
        return wait > 0 ? refusal.retryAfter(Duration.ofMillis(wait)) : refusal;
    }

    /** Writes what waits to be written, and ends. */
    public Future<Void> stop() {
        if (parts == null) {
            return THROUGH;
        }
        parts.overrides().stop();
        return parts.log().stop();
    }
}
