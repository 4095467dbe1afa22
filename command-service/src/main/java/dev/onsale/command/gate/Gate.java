package dev.onsale.command.gate;

import dev.onsale.runtime.admission.Admission;
import dev.onsale.runtime.admission.AdmissionFault;
import dev.onsale.runtime.admission.AdmissionVerifier;
import dev.onsale.runtime.admission.Presented;
import dev.onsale.runtime.auth.Principal;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.auth.Scope;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.sql.Database;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Lets holds and bookings of an event through, or asks for an admission first. Safe for any thread; never blocks. */
public final class Gate {
    private static final Future<Pass> OPEN = Future.succeededFuture(Pass.OPEN);

    private final Gates gates;
    private final AdmissionVerifier verifier;
    private final Map<AdmissionFault, Counter> refusals = new EnumMap<>(AdmissionFault.class);

    private Gate(Gates gates, AdmissionVerifier verifier, MeterRegistry registry) {
        this.gates = gates;
        this.verifier = verifier;
        for (AdmissionFault fault : AdmissionFault.values()) {
            refusals.put(fault, registry.counter("onsale.gate.refusals", "cause", fault.word()));
        }
    }

    /** Reads the gates of all events and follows them; fails if they can't be read. */
    public static Future<Gate> open(Vertx vertx, Database database, GateConfig config, MeterRegistry registry) {
        return Gates.start(vertx, database, config)
                .map(gates -> new Gate(gates, AdmissionVerifier.create(vertx, config.admissions()), registry));
    }

    /**
     * Whether the call may go on. An event without a gate costs one look-up.
     *
     * @return fails with SCOPE_REQUIRED if the caller's API key is for other events, with ADMISSION_REQUIRED, or with DEPENDENCY_UNAVAILABLE if what is known of the gates is too old or the
     *     waiting room's keys are out of reach
     */
    public Future<Pass> check(Call call, UUID event, Purpose purpose) {
        if (!call.principal().scope().allows(event)) {
            return Scope.missing("event").future();
        }
        EventGate gate = gates.find(event);
        if (gate == null || !gate.required(purpose) || exempt(call.principal())) {
            return OPEN;
        }
        if (gates.stale()) {
            return Refusal.unavailable("postgresql").future();
        }
        return verifier.verify(Presented.by(call, event))
                .compose(admission -> pass(gate, admission, purpose))
                .onFailure(this::count);
    }

    private static boolean exempt(Principal caller) {
        return caller.is(Role.SUPPORT) || caller.is(Role.SERVICE);
    }

    private static Future<Pass> pass(EventGate gate, Admission admission, Purpose purpose) {
        return gate.fault(admission, purpose)
                .map(fault -> fault.refusal().<Pass>future())
                .orElseGet(() ->
                        Future.succeededFuture(new Pass(Optional.of(admission.session()), gate.finished(admission))));
    }

    /** Refuses a call of a session that has ended with a booking. */
    public <T> Future<T> refuseFinished() {
        Refusal refusal = AdmissionFault.FINISHED.refusal();
        count(refusal);
        return refusal.future();
    }

    private void count(Throwable failure) {
        if (failure instanceof Refusal refusal) {
            AdmissionFault.of(refusal).map(refusals::get).ifPresent(Counter::increment);
        }
    }

    /** Takes in everything that was committed before this call. */
    Future<Void> refresh() {
        return gates.refresh();
    }

    /** Follows no more. */
    public Future<Void> stop() {
        gates.stop();
        return Future.succeededFuture();
    }
}
