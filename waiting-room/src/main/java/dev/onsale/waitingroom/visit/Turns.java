package dev.onsale.waitingroom.visit;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.gate.v1.RevokeAdmissionRequest;
import dev.onsale.proto.waitingroom.v1.ClaimAdmissionResponse;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.waitingroom.admission.AdmissionIssuer;
import dev.onsale.waitingroom.gate.GateClient;
import dev.onsale.waitingroom.line.ClaimOutcome;
import dev.onsale.waitingroom.line.LeaveOutcome;
import dev.onsale.waitingroom.line.LineLedger;
import dev.onsale.waitingroom.line.ReenterOutcome;
import dev.onsale.waitingroom.live.LineRepair;
import dev.onsale.waitingroom.live.Sessions;
import dev.onsale.waitingroom.live.Ticker;
import dev.onsale.waitingroom.room.RoomStore;
import dev.onsale.waitingroom.time.Times;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What a visitor does with its turn: take it, come back for it once, or give it up. */
final class Turns {

    private final LineLedger ledger;
    private final LineRepair repair;
    private final Ticker ticker;
    private final RoomStore store;
    private final AdmissionIssuer issuer;
    private final GateClient gate;

    Turns(
            LineLedger ledger,
            LineRepair repair,
            Ticker ticker,
            RoomStore store,
            AdmissionIssuer issuer,
            GateClient gate) {
        this.ledger = ledger;
        this.repair = repair;
        this.ticker = ticker;
        this.store = store;
        this.issuer = issuer;
        this.gate = gate;
    }

    Future<ClaimAdmissionResponse> claim(Call call, Visit visit, String deviceKey) {
        if (visit.position() == 0) {
            return notYet(visit.room().reached().joined()).future();
        }
        var session = Sessions.of(visit.entry());
        return store.standing(visit.room().event(), call.account(), session)
                .compose(standing -> standing.revoked()
                        ? Refusal.of(ErrorReason.ERROR_REASON_ADMISSION_REVOKED, "The admission was revoked")
                                .<ClaimAdmissionResponse>future()
                        : claimed(visit)
                                .compose(outcome -> admitted(visit, outcome))
                                .map(expires -> token(call, visit, standing.epoch(), expires, deviceKey)));
    }

    private Future<ClaimOutcome> claimed(Visit visit) {
        return reminding(
                visit,
                outcome -> outcome instanceof ClaimOutcome.NotYet,
                () -> ledger.claim(visit.room().event(), capacity(visit), visit.turn()));
    }

    /** A Redis that has lost the last of its calls is told of them, if this node has seen the place called. */
    private <T> Future<T> reminding(Visit visit, Predicate<T> notYet, Supplier<Future<T>> action) {
        var room = visit.room();
        return repair.retrying(room, action)
                .compose(outcome -> notYet.test(outcome)
                                && visit.position() <= room.reached().served()
                        ? ticker.now(room).compose(told -> action.get())
                        : Future.succeededFuture(outcome));
    }

    private static Future<Instant> admitted(Visit visit, ClaimOutcome outcome) {
        return switch (outcome) {
            case ClaimOutcome.Admitted admitted -> Future.succeededFuture(admitted.expires());
            case ClaimOutcome.NotYet no -> notYet(no.ahead()).future();
            case ClaimOutcome.Passed no ->
                Refusal.of(ErrorReason.ERROR_REASON_TURN_PASSED, "The turn has passed")
                        .future();
            case ClaimOutcome.Used no -> used().future();
            case ClaimOutcome.Closed no -> Joining.closed(visit.room()).future();
        };
    }

    private ClaimAdmissionResponse token(Call call, Visit visit, int epoch, Instant expires, String deviceKey) {
        var session = Sessions.of(visit.entry());
        var key = deviceKey.isEmpty() ? Optional.<String>empty() : Optional.of(deviceKey);
        var token = issuer.issue(
                new AdmissionIssuer.Grant(call.account(), visit.room().event(), session, epoch, expires, key));
        return ClaimAdmissionResponse.newBuilder()
                .setAdmissionToken(token)
                .setExpireTime(Times.timestamp(expires))
                .setSessionId(session)
                .build();
    }

    /** The place at the end of the line. */
    Future<Visit> reenter(Visit visit) {
        if (visit.position() == 0) {
            return notYet(visit.room().reached().joined()).future();
        }
        return reminding(
                        visit,
                        outcome -> outcome instanceof ReenterOutcome.NotYet no && no.ahead() > 0,
                        () -> ledger.reenter(visit.room().event(), capacity(visit), visit.turn()))
                .compose(outcome -> switch (outcome) {
                    case ReenterOutcome.Reentered now ->
                        Future.succeededFuture(new Visit(visit.room(), now.entry(), visit.fingerprint()));
                    case ReenterOutcome.NotYet no -> notYet(no.ahead()).<Visit>future();
                    case ReenterOutcome.Used no -> used().<Visit>future();
                    case ReenterOutcome.Closed no ->
                        Joining.closed(visit.room()).<Visit>future();
                });
    }

    /** Before the capacity returns, a session that may have begun is worth nothing any more. */
    Future<Void> leave(Visit visit) {
        boolean called = visit.position() > 0
                && visit.position() <= visit.room().reached().served();
        return (called ? endAtGate(visit) : Future.<Void>succeededFuture())
                .compose(told -> leaveLine(visit))
                .compose(outcome -> outcome instanceof LeaveOutcome.Ended && !called
                        ? endAtGate(visit) // Another node has called and admitted it, unseen by this one.
                        : Future.succeededFuture());
    }

    private Future<Void> endAtGate(Visit visit) {
        return gate.revoke(RevokeAdmissionRequest.newBuilder()
                .setEventId(visit.room().event().toString())
                .setSessionId(Sessions.of(visit.entry()))
                .build());
    }

    private Future<LeaveOutcome> leaveLine(Visit visit) {
        return repair.retrying(visit.room(), () -> ledger.leave(visit.room().event(), capacity(visit), visit.turn()));
    }

    private static int capacity(Visit visit) {
        return visit.room().room().rules().capacity();
    }

    private static Refusal notYet(long ahead) {
        return Refusal.of(ErrorReason.ERROR_REASON_NOT_YOUR_TURN, "It is not this place's turn")
                .with("ahead", ahead);
    }

    private static Refusal used() {
        return Refusal.of(ErrorReason.ERROR_REASON_TURN_USED, "The place can't be used again");
    }
}
