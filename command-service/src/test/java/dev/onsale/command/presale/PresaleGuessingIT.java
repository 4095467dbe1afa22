package dev.onsale.command.presale;

import static dev.onsale.command.presale.PresaleHouse.seats;
import static dev.onsale.proto.presale.v1.PresaleAccess.PRESALE_ACCESS_CODE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.command.CommandServer;
import dev.onsale.proto.inventory.v1.HoldServiceGrpcClient;
import dev.onsale.proto.presale.v1.CheckPresaleCodeRequest;
import dev.onsale.proto.presale.v1.Presale;
import dev.onsale.proto.presale.v1.PresaleServiceGrpcClient;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Codes can't be guessed, and their uses are exact, however many try at once. */
class PresaleGuessingIT {
    @RegisterExtension
    static final CommandServer server = CommandServer.on(CommandServer.stores())
            .with("presale.tries-an-account", "5")
            .with("presale.tries-an-address", "200");

    private final PresaleHouse house = new PresaleHouse(server);

    private static CheckPresaleCodeRequest check(String event, String code) {
        return CheckPresaleCodeRequest.newBuilder()
                .setEventId(event)
                .setPresaleCode(code)
                .build();
    }

    /** How many calls ended in each way. */
    private static Map<String, Integer> outcomes(List<? extends Future<?>> calls) throws Exception {
        Future.join(new ArrayList<>(calls))
                .transform(done -> Future.succeededFuture())
                .await(60, TimeUnit.SECONDS);
        Map<String, Integer> outcomes = new TreeMap<>();
        for (Future<?> call : calls) {
            String outcome = call.succeeded() ? "OK" : ((Refusal) call.cause()).reasonName();
            outcomes.merge(outcome, 1, Integer::sum);
        }
        return outcomes;
    }

    @Test
    void tellsWhatACodeOpensWithoutTakingIt() {
        String event = house.event();
        Presale presale = house.presale(
                event, PRESALE_ACCESS_CODE, p -> p.addSections("B").setFanLimit(2));
        String code = house.code(presale, 1);
        for (int i = 0; i < 12; i++) {
            var answer = house.fan("ann" + i % 2).call(PresaleServiceGrpcClient.CheckPresaleCode, check(event, code));
            assertThat(answer.getPresale().getSectionsList()).containsExactly("B");
            assertThat(answer.getPresale().getFanLimit()).isEqualTo(2);
            assertThat(answer.getPresale().hasStatistics()).isFalse();
            assertThat(answer.getAdmitted()).isFalse();
        }
        house.hold("ann0", seats(event, code, "B-1-1"));
        assertThat(house.fan("ann0")
                        .call(PresaleServiceGrpcClient.CheckPresaleCode, check(event, code))
                        .getAdmitted())
                .isTrue();
        Refusal taken = house.fan("ann1").refused(PresaleServiceGrpcClient.CheckPresaleCode, check(event, code));
        assertThat(taken.metadata()).containsEntry("cause", "used_up");
    }

    @Test
    void looksAtNoMoreCodesOfAnAccountThatGuesses() throws Exception {
        String event = house.event();
        String code = house.code(house.presale(event, PRESALE_ACCESS_CODE), 1);
        List<Future<?>> guesses = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            guesses.add(
                    i % 2 == 0
                            ? house.fan("gus")
                                    .send(PresaleServiceGrpcClient.CheckPresaleCode, check(event, "GUESS" + i))
                            : house.fan("gus")
                                    .send(HoldServiceGrpcClient.CreateHold, seats(event, "GUESS" + i, "A-1-2")));
        }
        assertThat(outcomes(guesses)).isEqualTo(Map.of("PRESALE_CODE_INVALID", 5, "RATE_LIMITED", 25));
        Refusal right = house.refused("gus", seats(event, code, "A-1-2"));
        assertThat(right.reasonName()).as("even the right one").isEqualTo("RATE_LIMITED");
        assertThat(right.retryAfter()).isBetween(Duration.ofMinutes(8), Duration.ofMinutes(10));
        house.hold("ann", seats(event, code, "A-1-2"));
    }

    @Test
    void ofFiftyAccountsWithASingleUseCodeExactlyOneHolds() throws Exception {
        String event = house.event();
        String code = house.code(house.presale(event, PRESALE_ACCESS_CODE), 1);
        assertThat(race(event, code, 50)).isEqualTo(Map.of("OK", 1, "PRESALE_CODE_INVALID", 49));
    }

    @Test
    void aCodeForSevenLetsInSevenHoweverOftenEachComes() throws Exception {
        String event = house.event();
        Presale presale = house.presale(event, PRESALE_ACCESS_CODE);
        String code = house.code(presale, 7);
        List<Future<?>> calls = new ArrayList<>();
        for (int time = 0; time < 3; time++) {
            calls.addAll(tries(event, code, 24));
        }
        Collections.shuffle(calls, new java.util.Random(7));
        outcomes(calls);
        Presale after = house.read(presale);
        assertThat(after.getStatistics().getUses()).isEqualTo(7);
        assertThat(after.getStatistics().getFansAdmitted()).isEqualTo(7);
        assertThat(server.select("SELECT used FROM presale_codes WHERE presale_id = '" + presale.getPresaleId() + "'"))
                .isEqualTo("7");
    }

    private Map<String, Integer> race(String event, String code, int accounts) throws Exception {
        return outcomes(tries(event, code, accounts));
    }

    /** Each account wants a seat of its own, so that only the code is contended for. */
    private List<? extends Future<?>> tries(String event, String code, int accounts) {
        return IntStream.range(0, accounts)
                .mapToObj(i -> house.fan("racer" + i)
                        .send(HoldServiceGrpcClient.CreateHold, PresaleHouse.best(event, code, 1)))
                .toList();
    }
}
