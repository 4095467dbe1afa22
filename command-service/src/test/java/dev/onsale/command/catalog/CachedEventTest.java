package dev.onsale.command.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CachedEventTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final CachedEvent cached = new CachedEvent();
    private final List<Promise<EventDetail>> reads = new ArrayList<>();
    private final EventDetail event = EventDetails.smallHall();

    @Test
    void readsOnceForAllWhoAskAtTheSameTime() {
        Future<EventDetail> first = get(LONG, LONG);
        Future<EventDetail> second = get(LONG, LONG);
        reads.getFirst().complete(event);

        assertThat(reads).hasSize(1);
        assertThat(first.result()).isSameAs(second.result()).isSameAs(event);
        assertThat(get(LONG, LONG).result()).isSameAs(event);
        assertThat(reads).hasSize(1);
    }

    @Test
    void answersAnOldEventAtOnceWhileItIsReadAgain() {
        get(LONG, LONG);
        reads.getFirst().complete(event);

        assertThat(get(Duration.ZERO, LONG).result()).isSameAs(event);
        assertThat(reads).hasSize(2);
        EventDetail fresh = EventDetails.smallHall();
        reads.getLast().complete(fresh);

        assertThat(get(LONG, LONG).result()).isSameAs(fresh);
    }

    @Test
    void waitsForTheReadWhenTheEventIsTooOldToUse() {
        get(LONG, LONG);
        reads.getFirst().complete(event);

        assertThat(get(Duration.ZERO, Duration.ZERO).isComplete()).isFalse();
    }

    @Test
    void triesAgainAfterAReadThatFailed() {
        Future<EventDetail> failed = get(LONG, LONG);
        reads.getFirst().fail("away");
        get(LONG, LONG);

        assertThat(failed.failed()).isTrue();
        assertThat(reads).hasSize(2);
    }

    private Future<EventDetail> get(Duration maxAge, Duration maxStale) {
        return cached.get(maxAge, maxStale, old -> {
            Promise<EventDetail> read = Promise.promise();
            reads.add(read);
            return read.future();
        });
    }
}
