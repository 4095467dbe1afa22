package dev.onsale.tools.rush;

import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Sends the fans: they arrive at their own times whatever the system does, and only when too many are inside does the next
 * one wait at the door.
 */
final class Crowd {
    private final RushOptions options;
    private final String event;
    private final RushMap map;
    private final Tally tally;
    private final Wire wire;
    private final @Nullable RushRoom room;

    Crowd(RushOptions options, String event, RushMap map, Tally tally, Wire wire, @Nullable RushRoom room) {
        this.options = options;
        this.event = event;
        this.map = map;
        this.tally = tally;
        this.wire = wire;
        this.room = room;
    }

    /** Sends them all and waits for the last; what each was told. */
    List<FanHistory> run(Progress progress) throws InterruptedException {
        Queue<FanHistory> told = new ConcurrentLinkedQueue<>();
        Semaphore door = new Semaphore(room == null ? options.inside() : options.fans());
        Random random = new Random(options.seed());
        long next = System.nanoTime();
        try (ExecutorService fans = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < options.fans(); number++) {
                FanStory story = story(number, random);
                next += (long) (-Math.log(1 - random.nextDouble()) * 1e9 / options.arrivalsPerSecond());
                Thread.sleep(Math.max(0, (next - System.nanoTime()) / 1_000_000));
                door.acquire();
                fans.execute(() -> {
                    live(story, told);
                    door.release();
                    progress.step();
                });
            }
        }
        return List.copyOf(told);
    }

    private FanStory story(int number, Random random) {
        FanPlan plan = FanPlan.of(new Random(random.nextLong()), options.smallestParty(), options.largestParty());
        return new FanStory("rush-" + options.run() + "-" + number, number, plan, event, map, tally, wire, room);
    }

    private void live(FanStory story, Queue<FanHistory> told) {
        try {
            told.add(story.live());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException broken) {
            tally.count("fan failed " + broken.getClass().getSimpleName());
        }
    }
}
