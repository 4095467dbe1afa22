package dev.onsale.command.booking;

import dev.onsale.command.BoxOffice;
import dev.onsale.command.Shows;
import dev.onsale.command.catalog.SaleTerms;
import dev.onsale.command.saga.SagaProbe;
import dev.onsale.proto.catalog.v1.LockingMode;
import dev.onsale.runtime.auth.Role;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Some schedules at once, on events of their own: the fans, the watching of their bookings, the breaking of things. */
final class ChaosRound {
    private static final int EVENTS = 4;
    private static final int SEATS_A_ROW = 200;
    private static final int FLOOR = 500;
    private static final int FANS_COME_WITHIN_MILLIS = 10_000;
    private static final long LOOK_EVERY_MILLIS = 300;

    private final BoxOffice office;
    private final Random random;
    private final List<UUID> events = new ArrayList<>();
    private final List<ChaosFan> fans = new ArrayList<>();
    private final List<SagaNode> nodes = new ArrayList<>();
    private final Map<UUID, ChaosFan> bookings = new ConcurrentHashMap<>();
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();
    private final List<String> broke = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ChaosDeeds deeds;

    private ChaosRound(BoxOffice office, Random random) {
        this.office = office;
        this.random = random;
        this.deeds = new ChaosDeeds(office, SEATS_A_ROW);
    }

    static ChaosRound begin(BoxOffice office, long seed, int first, int count, Random random) {
        ChaosRound round = new ChaosRound(office, random);
        for (int i = 0; i < count; i++) {
            round.fans.add(ChaosFan.of(seed, first + i, EVENTS, FANS_COME_WITHIN_MILLIS));
        }
        for (int i = 0; i < EVENTS; i++) {
            Shows shows = new Shows(office.as(Role.OPERATOR, "olga"));
            String map =
                    shows.seatMap(shows.venue(), Shows.map(SEATS_A_ROW, FLOOR)).getSeatMapId();
            UUID id = office.event(event -> event.setSeatMapId(map));
            BoxOffice.await(office.ledger().openWindow(id, shortHolds()));
            round.events.add(id);
        }
        round.nodes.add(SagaNode.start(office, round.probe()));
        round.nodes.add(SagaNode.start(office, round.probe()));
        return round;
    }

    /** A provider that can't be reached is waited for as long as a hold may last at the most. */
    private static SaleTerms shortHolds() {
        Instant now = Instant.now();
        return new SaleTerms(
                now.minus(Duration.ofDays(1)),
                now.plus(Duration.ofDays(1)),
                Duration.ofSeconds(15),
                Duration.ofSeconds(20),
                8,
                LockingMode.LOCKING_MODE_OPTIMISTIC);
    }

    /** Until the fans have come and things are whole again. */
    void play() throws Exception {
        fans.forEach(fan -> go(() -> come(fan)));
        go(this::watch);
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FANS_COME_WITHIN_MILLIS + 4_000);
        while (System.nanoTime() < until) {
            Thread.sleep(500 + random.nextInt(2_500));
            breakSomething();
        }
    }

    private void go(Runnable deed) {
        threads.execute(() -> {
            try {
                deed.run();
            } catch (RuntimeException | Error broken) {
                if (!threads.isShutdown()) {
                    broke.add("the simulation itself: " + broken);
                }
            }
        });
    }

    private void come(ChaosFan fan) {
        ChaosDeeds.pause(fan.startMillis());
        deeds.book(events.get(fan.event()), fan)
                .ifPresentOrElse(id -> bookings.put(id, fan), () -> count("no booking"));
    }

    private void breakSomething() throws Exception {
        count("in flight when something broke", unfinished());
        switch (random.nextInt(5)) {
            case 0, 1 -> {
                count("restart of the adapter");
                office.stopPayment();
                Thread.sleep(random.nextInt(1_500));
                office.startPayment();
            }
            case 2, 3 -> {
                count("replacement of a saga node");
                SagaNode old = nodes.removeFirst();
                nodes.add(SagaNode.start(office, probe()));
                old.stop();
            }
            default -> {
                count("restart of the serving node");
                office.restart();
                deeds.reconnect();
            }
        }
    }

    /** Sagas lose their owners without a trace, and steps fail, at any moment. */
    private SagaProbe probe() {
        return (moment, visit) -> {
            int dice = ThreadLocalRandom.current().nextInt(1_000);
            if (dice < 12) {
                count("crash of a saga's owner");
                return SagaProbe.Interference.CRASH;
            }
            boolean mayThrow = moment != SagaProbe.Moment.SAVED;
            return dice < 22 && mayThrow ? SagaProbe.Interference.THROW : SagaProbe.Interference.NONE;
        };
    }

    /** Looks at the bookings, and does what is to be done when they come to something. */
    private void watch() {
        Map<UUID, String> seen = new HashMap<>();
        while (!threads.isShutdown()) {
            try {
                skipLetters();
                for (Row row : rows("SELECT id, status::text AS status, cancel_reason, tickets_issued FROM bookings"
                        + " WHERE event_id = ANY ($1)")) {
                    ChaosFan fan = bookings.get(row.getUUID("id"));
                    String now = row.getString("status") + row.getBoolean("tickets_issued");
                    if (fan != null && !now.equals(seen.put(row.getUUID("id"), now))) {
                        go(() -> react(fan, row));
                    }
                }
            } catch (RuntimeException away) {
                count("look that failed");
            }
            ChaosDeeds.pause(LOOK_EVERY_MILLIS);
        }
    }

    /** Printing tickets is most of the work, and drilled elsewhere: here it would only be in the way. */
    private void skipLetters() {
        BoxOffice.await(office.database()
                .pool()
                .query("UPDATE sagas SET state = 'done' WHERE background AND owner IS NULL AND state = 'running'")
                .execute());
    }

    private void react(ChaosFan fan, Row row) {
        boolean cancelled = row.getString("status").equals("cancelled");
        if (cancelled && BookingSaga.GAVE_UP.equals(row.getString("cancel_reason"))) {
            count("seats let go for want of an answer");
            deeds.react(events.get(fan.event()), fan, row.getUUID("id"));
        }
        if (fan.cancels() && row.getBoolean("tickets_issued") && !cancelled) {
            count("cancelled by the fan");
            deeds.cancel(fan, row.getUUID("id"));
        }
    }

    private int unfinished() {
        return office.database()
                .pool()
                .query("SELECT 1 FROM sagas WHERE state IN ('running', 'compensating')")
                .execute()
                .await()
                .size();
    }

    /** Waits until nothing is under way and nothing is wrong; answers how long that took, at most so long. */
    Duration settle(Duration most) throws Exception {
        long begun = System.nanoTime();
        long until = begun + most.toNanos();
        while (System.nanoTime() < until
                && (unfinished() > 0 || deeds.underWay() > 0 || !findings().isEmpty())) {
            Thread.sleep(500);
        }
        deeds.refusals().forEach((reason, times) -> count("refused " + reason, times));
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        for (Row row : rows("SELECT coalesce('late ' || late_payment, status::text) AS how FROM bookings"
                + " WHERE event_id = ANY ($1)")) {
            count(row.getString("how"));
        }
        return took;
    }

    /** All that is wrong, one line each. */
    List<String> findings() throws Exception {
        List<String> findings = new ArrayList<>(broke);
        findings.addAll(new ChaosAudit(office).findings());
        for (UUID event : events) {
            findings.addAll(office.audit(event).details());
            findings.addAll(new StoresAudit(office).differences(event));
        }
        return findings;
    }

    Map<String, Integer> counts() {
        return counts;
    }

    private void count(String what) {
        count(what, 1);
    }

    private void count(String what, int many) {
        counts.merge(what, many, Integer::sum);
    }

    private Iterable<Row> rows(String query) {
        return BoxOffice.await(office.database()
                .pool()
                .preparedQuery(query)
                .execute(Tuple.tuple().addArrayOfUUID(events.toArray(UUID[]::new))));
    }

    void end() {
        threads.shutdownNow();
        nodes.forEach(SagaNode::stop);
    }
}
