package dev.onsale.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.tools.rush.Rush;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.core.ConditionFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/**
 * A rush with its audit, on a thread of its own: some fans a second, for long enough that a fault finds many of them inside.
 * How far it is, its node's metrics say, also while stores are away.
 */
final class RushUnderWay {
    private static final Logger LOG = LoggerFactory.getLogger(RushUnderWay.class);
    private static final int ENOUGH = 25;
    private static final int SOME = 3;
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofMinutes(7);

    private final Endpoints endpoints;
    private final Books books;
    private final AnsweredCalls earlier;
    private final StringWriter printed = new StringWriter();
    private final CompletableFuture<Integer> exitCode;

    /**
     * How far a rush was.
     *
     * @param calls answered until then
     * @param checkouts sagas under way then
     */
    record Progress(AnsweredCalls calls, Set<UUID> checkouts) {}

    /**
     * How a rush ended.
     *
     * @param exitCode 0 if everything added up
     * @param report what it printed
     */
    record End(int exitCode, JsonObject report) {
        void requireClean() {
            assertThat(exitCode).as(report::encodePrettily).isZero();
            assertThat(report.getBoolean("passed")).isTrue();
            assertThat(number("sold")).isPositive().isEqualTo(number("tickets"));
            assertThat(number("confirmed_minor")).isPositive().isEqualTo(number("captured_minor"));
        }

        long number(String figure) {
            return report.getLong(figure);
        }

        /** Calls that ended for this reason. */
        long outcomes(String reason) {
            JsonObject outcomes = report.getJsonObject("outcomes");
            return outcomes.fieldNames().stream()
                    .filter(outcome -> outcome.endsWith(" " + reason))
                    .mapToLong(outcomes::getLong)
                    .sum();
        }

        String event() {
            return report.getString("event_id");
        }
    }

    private RushUnderWay(Endpoints endpoints, List<String> options) {
        this.endpoints = endpoints;
        this.books = new Books(endpoints);
        this.earlier = AnsweredCalls.ofNode(endpoints.port(Listener.COMMAND_MANAGEMENT));
        CommandLine rush = new CommandLine(new Rush()).setOut(new PrintWriter(printed, true));
        this.exitCode = CompletableFuture.supplyAsync(
                () -> rush.execute(options.toArray(String[]::new)),
                work -> Thread.ofPlatform().name("rush").start(work));
    }

    static RushUnderWay start(Path data, Endpoints endpoints, String... more) {
        List<String> options = new ArrayList<>(List.of("--data", data.toString(), "--json", "--seed", "7"));
        options.addAll(List.of("--fans", "500", "--seats", "500", "--arrivals", "25"));
        options.addAll(List.of(more));
        return new RushUnderWay(endpoints, options);
    }

    /** What the node of the {@code up} has answered since the rush began. */
    AnsweredCalls calls() {
        return AnsweredCalls.ofNode(endpoints.port(Listener.COMMAND_MANAGEMENT)).since(earlier);
    }

    /** Waits until enough have begun to book and some are at it: now a fault hits something. */
    Progress awaitBusy() {
        Progress busy = soon().until(
                        () -> new Progress(calls(), books.checkouts()),
                        now -> now.calls().ok("CreateBooking") >= ENOUGH
                                && now.checkouts().size() >= SOME);
        LOG.atInfo()
                .addKeyValue("checkouts", busy.checkouts().size())
                .addKeyValue("calls", busy.calls().counts())
                .log("Under way before the fault");
        return busy;
    }

    /** Waits until enough more have begun to book. */
    AnsweredCalls awaitMoreBookings() {
        long before = calls().ok("CreateBooking");
        return awaitCalls(calls -> calls.ok("CreateBooking") >= before + ENOUGH);
    }

    AnsweredCalls awaitCalls(Predicate<AnsweredCalls> enough) {
        AnsweredCalls calls = soon().until(this::calls, enough);
        LOG.atInfo().addKeyValue("calls", calls.counts()).log("The rush goes on");
        assertThat(exitCode).as("the rush goes on").isNotDone();
        return calls;
    }

    private static ConditionFactory soon() {
        return await().atMost(SOON).pollInterval(Duration.ofMillis(25));
    }

    /** Waits for its end and its audit. */
    End awaitEnd() throws Exception {
        int code = exitCode.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        System.out.println(printed);
        return new End(code, new JsonObject(printed.toString()));
    }
}
