package dev.onsale.command.ticket;

import static dev.onsale.command.ticket.TicketHands.request;
import static dev.onsale.command.ticket.TicketHands.tickets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.command.BoxOffice;
import dev.onsale.command.DrillNodes;
import dev.onsale.command.inventory.Choice;
import dev.onsale.embedded.Mail;
import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.ticket.v1.TransferTicketResponse;
import dev.onsale.testkit.DrillMaster;
import dev.onsale.testkit.SagaDrill;
import dev.onsale.testkit.SagaDrill.Blow;
import dev.onsale.testkit.SagaDrill.DrilledStep;
import dev.onsale.testkit.SagaDrill.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Disturbs what follows a transfer in every way there is: the tickets stay where they are, and the recipient is told. */
final class TransferDrill {
    private static final String AT = "@example.org";
    private static final List<DrilledStep> STEPS =
            List.of(new DrilledStep("move-tickets", false), new DrilledStep("tell-recipient", false));

    @RegisterExtension
    static final BoxOffice OFFICE =
            BoxOffice.exclusive().with("saga.enabled", "false").with("mail.timeout", "5s");

    private final DrillMaster master = new DrillMaster();
    private final DrillNodes nodes = new DrillNodes(OFFICE, master);
    private TicketHands hands = new TicketHands(OFFICE, new UUID(0, 0));

    @AfterEach
    void stop() {
        nodes.stop();
    }

    @Test
    void tellsTheRecipientHoweverThatIsDisturbed() {
        hands = new TicketHands(OFFICE, OFFICE.event());
        nodes.startTwo();
        Map<String, Booking> bookings = new HashMap<>();
        List<Scenario> scenarios = SagaDrill.scenarios(STEPS, 1);
        scenarios.forEach(scenario -> {
            String buyer = "buyer-" + UUID.randomUUID();
            bookings.put(buyer, buy(buyer));
        });
        nodes.ended();
        nodes.stop(); // Every transfer must meet its blows from the first step of its saga.

        Map<String, TransferTicketResponse> given = new HashMap<>();
        int next = 0;
        for (Map.Entry<String, Booking> booking : bookings.entrySet()) {
            String recipient = "recipient-" + UUID.randomUUID();
            TransferTicketResponse transfer = give(booking.getKey(), recipient, booking.getValue());
            master.enlist(UUID.fromString(transfer.getTransferId()), scenarios.get(next++));
            given.put(recipient, transfer);
        }
        nodes.startTwo();

        nodes.ended();
        assertThat(master.missed()).isEmpty();
        given.forEach(this::hasItsTicketsAndKnows);
        OFFICE.auditedClean(hands.eventId());
    }

    /** The mail server takes a mail and says nothing: nobody knows whether it was taken, so it comes again, and once more. */
    @Test
    void goesOnWhenTheMailServerComesBack() {
        hands = new TicketHands(OFFICE, OFFICE.event());
        nodes.startTwo();
        String buyer = "buyer-" + UUID.randomUUID();
        Booking booking = buy(buyer);
        nodes.ended();
        String recipient = "recipient-" + UUID.randomUUID();

        OFFICE.stores().mail().stop();
        TransferTicketResponse transfer = give(buyer, recipient, booking);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> Integer.parseInt(OFFICE.text(
                                "SELECT attempt FROM sagas WHERE kind = 'transfer' AND subject_id = $1",
                                UUID.fromString(transfer.getTransferId())))
                        >= 2);
        OFFICE.stores().mail().start();

        nodes.ended();
        hasItsTicketsAndKnows(recipient, transfer);
    }

    /** The confirmation is late, and a ticket has another owner by now: it goes to the buyer without that ticket. */
    @Test
    void confirmsToTheBuyerOnlyWhatIsStillTheBuyers() {
        hands = new TicketHands(OFFICE, OFFICE.event());
        String buyer = "buyer-" + UUID.randomUUID();
        Booking pending = OFFICE.book(OFFICE.hold(hands.eventId(), buyer, 3, 4), "tok_approve");
        Blow dies = new Blow("send-confirmation", false, SagaDrill.Moment.BEFORE, SagaDrill.Disturbance.CRASH);
        master.enlist(UUID.fromString(pending.getBookingId()), new Scenario(List.of(dies), false));
        nodes.startTwo();
        Booking booking = OFFICE.settled(pending);

        TransferTicketResponse given = hands.give(
                buyer,
                request("recipient-" + UUID.randomUUID(), tickets(booking).get(1)));
        assertThat(OFFICE.stores().mail().mails(buyer)).as("mails before").isEmpty();

        nodes.ended();
        List<Mail> mails = OFFICE.stores().mail().mails(buyer);
        assertThat(master.missed()).isEmpty();
        assertThat(mails).isNotEmpty();
        assertThat(mails).allSatisfy(mail -> {
            assertThat(mail.text()).contains("seat 4").doesNotContain("seat 5");
            assertThat(mail.text()).doesNotContain(given.getTickets(0).getReference());
        });
    }

    private Booking buy(String buyer) {
        return OFFICE.settled(OFFICE.book(OFFICE.hold(hands.eventId(), buyer, new Choice.Area(0, 1)), "tok_approve"));
    }

    private TransferTicketResponse give(String buyer, String recipient, Booking booking) {
        return hands.give(
                buyer,
                request(recipient, tickets(booking)).toBuilder()
                        .setRecipientEmail(recipient + AT)
                        .build());
    }

    private void hasItsTicketsAndKnows(String recipient, TransferTicketResponse transfer) {
        assertThat(hands.own(recipient)).isEqualTo(transfer.getTicketsList());
        List<Mail> mails = OFFICE.stores().mail().mails(recipient);
        assertThat(mails).isNotEmpty();
        assertThat(mails).allSatisfy(mail -> {
            assertThat(mail.text()).contains(transfer.getTickets(0).getReference());
            assertThat(source(mail)).contains("<transfer-" + transfer.getTransferId() + "@");
        });
    }

    private static String source(Mail mail) {
        try {
            return Files.readString(mail.file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
