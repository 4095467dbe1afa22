package dev.onsale.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.onsale.proto.waitingroom.v1.ClaimAdmissionResponse;
import dev.onsale.proto.waitingroom.v1.NextStep;
import dev.onsale.proto.waitingroom.v1.Place;
import dev.onsale.proto.waitingroom.v1.RoomState;
import dev.onsale.runtime.auth.Role;
import dev.onsale.standalone.room.RoomChannels;
import dev.onsale.standalone.room.RoomGuest;
import dev.onsale.standalone.room.RoomOperator;
import dev.onsale.tools.rush.Rush;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The waiting room before a real sale: all services, all stores. */
class WaitingRoomIT {

    private static LocalSystem system;
    private static Endpoints endpoints;
    private static Path data;

    @BeforeAll
    static void start(@TempDir Path folder) {
        data = folder;
        system = new LocalSystem(folder, PortPlan.parse("0"));
        endpoints = system.start();
    }

    @AfterAll
    static void stop() {
        system.stop();
    }

    @Test
    void fansGoThroughTheRoomToTheirSeatsAndEverythingAddsUp() {
        // Given
        StringWriter printed = new StringWriter();
        CommandLine rush = new CommandLine(new Rush()).setOut(new PrintWriter(printed, true));

        // When
        int code = rush.execute(
                "--data",
                data.toString(),
                "--json",
                "--seed",
                "11",
                "--fans",
                "200",
                "--seats",
                "150",
                "--arrivals",
                "40",
                "--waiting-room",
                "--inside",
                "40",
                "--drain",
                "50");

        // Then
        JsonObject report = new JsonObject(printed.toString());
        assertThat(code).as(report::encodePrettily).isZero();
        assertThat(report.getLong("admitted")).isPositive();
        assertThat(report.getLong("sold")).isPositive();
    }

    @Test
    void aVisitorJoinsOnceIsDrawnCalledAdmittedAndThenOnlyMayBuy() throws Exception {
        try (RoomChannels channels =
                RoomChannels.to(endpoints.port(Listener.WAITING_ROOM), endpoints.port(Listener.COMMAND))) {
            // Given
            RoomGuest alice = guest(channels, "alice");
            RoomGuest bob = guest(channels, "bob");
            RoomGuest cleo = guest(channels, "cleo");
            RoomOperator carol = new RoomOperator(channels, token("carol", Role.OPERATOR));
            String event = endpoints.eventId();
            carol.configure(event, room -> room.setMaxActive(2));
            assertThatThrownBy(() -> alice.hold(event, "")).hasMessageContaining("ADMISSION_REQUIRED");

            // When: one account from many calls at once, others too
            Set<Long> entries = new HashSet<>();
            try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
                var joins = IntStream.range(0, 100)
                        .mapToObj(i -> callers.submit(() -> alice.join(event)))
                        .toList();
                for (var join : joins) {
                    entries.add(join.get().getEntry());
                }
            }
            Place alicePlace = alice.join(event);
            List<Place> others = List.of(bob.join(event), cleo.join(event));

            // Then
            assertThat(entries).containsExactly(alicePlace.getEntry());
            assertThat(others)
                    .extracting(Place::getEntry)
                    .doesNotContain(alicePlace.getEntry())
                    .doesNotHaveDuplicates();
            assertThat(alicePlace.getRoomState()).isEqualTo(RoomState.ROOM_STATE_LOBBY);
            assertThat(alicePlace.getPosition()).isZero();
            assertThatThrownBy(() -> bob.position(alicePlace.getPlaceTicket()))
                    .hasMessageContaining("PLACE_TICKET_INVALID");

            carol.open(event, "");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> alice.position(alicePlace.getPlaceTicket()).getNextStep() != NextStep.NEXT_STEP_WAIT
                            || bob.position(others.getFirst().getPlaceTicket()).getNextStep()
                                    != NextStep.NEXT_STEP_WAIT);
            boolean first = alice.position(alicePlace.getPlaceTicket()).getNextStep() == NextStep.NEXT_STEP_CLAIM;
            RoomGuest called = first ? alice : bob;
            String ticket =
                    first ? alicePlace.getPlaceTicket() : others.getFirst().getPlaceTicket();
            ClaimAdmissionResponse admission = called.claim(ticket);
            assertThat(called.claim(ticket).getSessionId()).isEqualTo(admission.getSessionId());
            assertThat(called.hold(event, admission.getAdmissionToken()).getHoldId())
                    .isNotEmpty();
            RoomGuest other = first ? bob : alice;
            assertThatThrownBy(() -> other.hold(event, admission.getAdmissionToken()))
                    .hasMessageContaining("ADMISSION_REQUIRED");

            // And: an operator's word counts at once
            carol.revoke(event, target -> target.setSessionId(admission.getSessionId()));
            assertThatThrownBy(() -> called.hold(event, admission.getAdmissionToken()))
                    .hasMessageContaining("ADMISSION_REQUIRED");
        }
    }

    private static RoomGuest guest(RoomChannels channels, String account) {
        return new RoomGuest(channels, token(account, Role.FAN));
    }

    private static String token(String account, Role role) {
        return system.tokens().issue(account, Set.of(role), Duration.ofMinutes(10));
    }
}
