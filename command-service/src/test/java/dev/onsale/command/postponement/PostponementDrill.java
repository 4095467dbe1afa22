package dev.onsale.command.postponement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.command.BoxOffice;
import dev.onsale.command.DrillNodes;
import dev.onsale.command.Shows;
import dev.onsale.embedded.Mail;
import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.catalog.v1.CatalogAdminServiceGrpcClient;
import dev.onsale.proto.catalog.v1.PostponeEventRequest;
import dev.onsale.runtime.auth.Role;
import dev.onsale.testkit.DrillMaster;
import dev.onsale.testkit.SagaDrill;
import dev.onsale.testkit.SagaDrill.DrilledStep;
import dev.onsale.testkit.SagaDrill.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Disturbs the telling of buyers in every way there is: in the end everybody knows, and nobody faster than they should. */
final class PostponementDrill {
    private static final int BUYERS = 5;
    private static final int BOOKINGS_A_SECOND = 2;
    private static final List<DrilledStep> STEPS =
            List.of(new DrilledStep("readmit-tickets", false), new DrilledStep("tell-buyers", false));

    @RegisterExtension
    static final BoxOffice OFFICE = BoxOffice.exclusive()
            .with("saga.enabled", "false")
            .with("mail.timeout", "5s")
            .with("postponement.bookings-a-second", Integer.toString(BOOKINGS_A_SECOND));

    private final DrillMaster master = new DrillMaster();
    private final DrillNodes nodes = new DrillNodes(OFFICE, master);

    @AfterEach
    void stop() {
        nodes.stop();
    }

    @Test
    void tellsEverybodyHoweverThatIsDisturbed() {
        nodes.startTwo();
        List<Scenario> scenarios = SagaDrill.scenarios(STEPS, 0);
        Map<UUID, List<String>> buyers = new HashMap<>();
        scenarios.forEach(scenario -> {
            UUID event = OFFICE.event();
            buyers.put(event, buy(event));
        });
        nodes.ended();
        nodes.stop();
        int next = 0;
        for (UUID event : buyers.keySet()) {
            master.enlist(postpone(event), scenarios.get(next++));
        }

        nodes.startTwo();

        nodes.ended();
        assertThat(master.missed()).isEmpty();
        buyers.values()
                .forEach(accounts -> accounts.forEach(
                        account -> assertThat(told(account)).as(account).isNotEmpty()));
        buyers.keySet().forEach(OFFICE::auditedClean);
    }

    @Test
    void goesOnWhereItWasWhenTheMailServerComesBack() {
        nodes.startTwo();
        UUID event = OFFICE.event();
        List<String> accounts = buy(event);
        nodes.ended();

        OFFICE.stores().mail().stop();
        UUID postponement = postpone(event);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> OFFICE.count(
                                "SELECT attempt FROM sagas WHERE kind = 'postponement' AND subject_id = $1 AND step = 1",
                                postponement)
                        >= 2);
        OFFICE.stores().mail().start();

        nodes.ended();
        accounts.forEach(account -> assertThat(told(account)).as(account).isNotEmpty());
    }

    private static List<String> buy(UUID event) {
        List<String> accounts = new ArrayList<>();
        List<Booking> bookings = new ArrayList<>();
        for (int seat = 0; seat < BUYERS; seat++) {
            String account = "buyer-" + UUID.randomUUID();
            accounts.add(account);
            bookings.add(OFFICE.book(OFFICE.hold(event, account, seat), "tok_approve"));
        }
        bookings.forEach(OFFICE::settled);
        return accounts;
    }

    private static UUID postpone(UUID event) {
        Instant later = Instant.now().plus(Duration.ofDays(60));
        OFFICE.as(Role.OPERATOR, "olga")
                .call(
                        CatalogAdminServiceGrpcClient.PostponeEvent,
                        PostponeEventRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setEventId(event.toString())
                                .setNewEventTime(Shows.time(later))
                                .setOptOutUntil(Shows.time(later.minus(Duration.ofDays(30))))
                                .setReason("the drummer is ill")
                                .build());
        return UUID.fromString(OFFICE.text("SELECT id FROM postponements WHERE event_id = $1", event));
    }

    private static List<Mail> told(String account) {
        return OFFICE.stores().mail().mails(account).stream()
                .filter(mail -> mail.text().contains("was put off"))
                .toList();
    }
}
