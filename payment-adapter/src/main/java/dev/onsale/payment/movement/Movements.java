package dev.onsale.payment.movement;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;

/** Moves money on request: one run a request on this node, however many callers ask for it at once. */
final class Movements {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final BeginStore begin;
    private final MovementDrive drive;
    private final PaymentMeters meters;
    private final int maxInFlight;
    private final ConcurrentHashMap<MoveRequest, Promise<MoveAnswer>> underWay = new ConcurrentHashMap<>();

    Movements(BeginStore begin, MovementDrive drive, PaymentMeters meters, int maxInFlight) {
        this.begin = begin;
        this.drive = drive;
        this.meters = meters;
        this.maxInFlight = maxInFlight;
    }

    /** Moves money; the same request at the same time shares the run and its answer. */
    Future<MoveAnswer> move(MoveRequest request) {
        Promise<MoveAnswer> mine = Promise.promise();
        Promise<MoveAnswer> first = underWay.putIfAbsent(request, mine);
        if (first != null) {
            return first.future();
        }
        mine.future().onComplete(done -> underWay.remove(request, mine));
        start(request, mine);
        return mine.future();
    }

    private void start(MoveRequest request, Promise<MoveAnswer> answer) {
        if (meters.began() > maxInFlight) {
            meters.ended();
            answer.fail(Refusal.of(ErrorReason.ERROR_REASON_OVERLOADED, "Too many payments are under way")
                    .retryAfter(RETRY_AFTER));
            return;
        }
        answer.future().onComplete(done -> meters.ended());
        Thread.ofVirtual().name("movement").start(() -> run(request, answer));
    }

    private void run(MoveRequest request, Promise<MoveAnswer> answer) {
        try {
            answer.complete(run(request));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            answer.tryFail(stopped);
        } catch (Throwable failed) {
            answer.tryFail(failed);
        }
    }

    private MoveAnswer run(MoveRequest request) throws InterruptedException {
        return switch (begin.begin(request).await()) {
            case Begun.Fresh fresh -> drive.drive(fresh.payment(), fresh.movement(), fresh.attempt());
            case Begun.Again again -> drive.again(again.payment(), again.movement());
            case Begun.Done done -> new MoveAnswer.Told(done.payment(), true);
            case Begun.Busy busy -> new MoveAnswer.Later(RETRY_AFTER, "another_movement");
            case Begun.Forbidden forbidden -> new MoveAnswer.Forbidden(forbidden.payment(), "");
            case Begun.Absent absent -> new MoveAnswer.Absent();
            case Begun.Reused reused -> new MoveAnswer.Reused();
        };
    }
}
