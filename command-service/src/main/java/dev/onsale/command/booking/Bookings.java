package dev.onsale.command.booking;

import dev.onsale.command.catalog.EventCatalog;
import dev.onsale.command.gate.Gate;
import dev.onsale.command.inventory.DurableHolds;
import dev.onsale.command.inventory.SeatLedger;
import dev.onsale.command.mail.Mailer;
import dev.onsale.command.outbox.Outbox;
import dev.onsale.command.postponement.PostponementConfig;
import dev.onsale.command.postponement.PostponementSaga;
import dev.onsale.command.postponement.Postponements;
import dev.onsale.command.saga.Saga;
import dev.onsale.command.saga.SagaConfig;
import dev.onsale.command.saga.SagaProbe;
import dev.onsale.command.saga.SagaRunner;
import dev.onsale.command.ticket.TicketCodes;
import dev.onsale.command.ticket.TicketConfig;
import dev.onsale.command.ticket.TicketKeys;
import dev.onsale.command.ticket.TicketPrinter;
import dev.onsale.command.ticket.TicketRpc;
import dev.onsale.command.ticket.TicketStore;
import dev.onsale.command.ticket.Transfers;
import dev.onsale.runtime.idempotency.Idempotency;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.runtime.rpc.RpcService;
import dev.onsale.runtime.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The checkout of a node, put together: its RPCs, and the runner of its sagas. */
public final class Bookings {
    private final SagaRunner runner;
    private final Payments payments;
    private final PaymentNews news;
    private final MoneySweep moneySweep;
    private final BookingWatch watch;
    private final EventCancellationMeters cancelledEvents;
    private final RefundMeters meters;
    private final List<RpcService> services;

    private Bookings(
            SagaRunner runner,
            Payments payments,
            PaymentNews news,
            MoneySweep moneySweep,
            BookingWatch watch,
            EventCancellationMeters cancelledEvents,
            RefundMeters meters,
            List<RpcService> services) {
        this.runner = runner;
        this.payments = payments;
        this.news = news;
        this.moneySweep = moneySweep;
        this.watch = watch;
        this.cancelledEvents = cancelledEvents;
        this.meters = meters;
        this.services = services;
    }

    /**
     * What the checkout is built on.
     *
     * @param database for callers
     * @param sagaDatabase for sagas: see {@link SagaConfig#pool}
     * @param gate asks for admissions
     * @param payment a client of the payment adapter
     * @param probe {@link SagaProbe#NONE}, or a drill's
     */
    public record Needs(
            Vertx vertx,
            Database database,
            Database sagaDatabase,
            MeterRegistry registry,
            Outbox outbox,
            Idempotency idempotency,
            EventCatalog catalog,
            SeatLedger ledger,
            Gate gate,
            RpcClient payment,
            TicketKeys keys,
            TicketConfig tickets,
            PostponementConfig postponements,
            Mailer mailer,
            BookingConfig config,
            SagaConfig sagas,
            List<Saga<?>> others,
            SagaProbe probe) {}

    /** Starts the checkout. */
    public static Bookings start(Needs needs) {
        BookingChanges changes = new BookingChanges(needs.outbox());
        TicketStore tickets = new TicketStore(needs.database(), needs.outbox());
        BookingStore bookings = new BookingStore(needs.database(), changes);
        TicketCodes codes = new TicketCodes(needs.keys());
        TicketPrinter printer = new TicketPrinter();
        Payments payments = new Payments(needs.vertx(), needs.payment(), needs.config());
        BookingWatch watch = new BookingWatch(needs.vertx(), bookings, needs.config());
        Database own = needs.sagaDatabase();
        TicketStore sagaTickets = new TicketStore(own, needs.outbox());
        BookingStore sagaBookings = new BookingStore(own, changes);
        SeatClaims claims = new SeatClaims(own, sagaTickets, changes);
        CancellationStore cancelled = new CancellationStore(own, changes);
        HeldPlaces held = new HeldPlaces(needs.ledger(), new DurableHolds(own));
        Confirmations confirmations = new Confirmations(sagaBookings, sagaTickets, codes, printer, needs.mailer());
        BookingParts parts = new BookingParts(
                sagaBookings,
                claims,
                cancelled,
                held,
                payments,
                new MoneyNotes(own),
                new RefundPace(own, needs.config().eventCancellation()),
                confirmations,
                watch,
                needs.config());
        CancellationSaga unpaid = new CancellationSaga(parts);
        GivingBackSaga givingBack = new GivingBackSaga(parts);
        CancellationLetterSaga letter = new CancellationLetterSaga(
                new CancellationLetters(sagaBookings, parts.cancelled(), sagaTickets, needs.mailer()),
                new RecipientLetters(own, needs.mailer()));
        Cancellations cancellations = new Cancellations(
                own, needs.config().paymentTimeout(), sagaTickets, changes, givingBack, letter, unpaid);
        LateMoney money = new LateMoney(payments);
        LateStore late = new LateStore(own, claims, changes);
        LatePaymentSaga latePayment = new LatePaymentSaga(
                parts,
                money,
                new LatePlaces(late, needs.ledger(), held, needs.catalog()),
                new LateLetters(sagaBookings, needs.catalog(), confirmations));
        BookingSaga booking = new BookingSaga(parts, cancellations, latePayment);
        EventBookings eventBookings = new EventBookings(own);
        EventCancellationSaga eventCancellation = new EventCancellationSaga(
                eventBookings, cancellations, needs.config().eventCancellation());
        Transfers transfers = new Transfers(
                needs.database(),
                own,
                tickets,
                codes,
                printer,
                needs.mailer(),
                needs.tickets().mostTransfers());
        PostponementSaga postponement = Postponements.saga(own, needs.outbox(), needs.mailer(), needs.postponements());
        List<Saga<?>> sagas = new ArrayList<>(needs.others());
        sagas.addAll(List.of(
                booking, givingBack, letter, unpaid, eventCancellation, latePayment, transfers.saga(), postponement));
        SagaRunner runner = run(needs, sagas);
        VisibleBookings visible = new VisibleBookings(needs.gate(), bookings);
        GivingBackDesk returns =
                new GivingBackDesk(needs.database(), needs.idempotency(), cancellations, runner::nudge);
        BookingRpc rpc = new BookingRpc(
                needs.gate(),
                visible,
                new CheckoutDesk(needs.ledger(), needs.catalog(), bookings, payments, booking),
                returns,
                watch,
                runner::nudge);
        RefundRpc refunds = new RefundRpc(visible, returns, new CancellationStore(needs.database(), changes));
        TicketRpc ticketRpc = new TicketRpc(
                needs.vertx(),
                tickets,
                needs.keys(),
                codes,
                printer,
                transfers.desk(needs.idempotency(), runner::nudge));
        PaymentNews news = PaymentNews.follow(needs.vertx(), new PaymentNewsStore(own), needs.payment(), runner::nudge);
        return new Bookings(
                runner,
                payments,
                news,
                MoneySweep.start(late, money, needs.config(), runner::nudge),
                watch,
                EventCancellationMeters.start(needs.vertx(), eventBookings, needs.registry()),
                new RefundMeters(needs.vertx(), own, needs.registry()),
                List.of(rpc.service(), refunds.service(), ticketRpc.service()));
    }

    private static SagaRunner run(Needs needs, List<Saga<?>> sagas) {
        String owner = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
        return SagaRunner.start(needs.sagaDatabase(), needs.registry(), needs.sagas(), sagas, owner, needs.probe());
    }

    /** The booking and ticket services. */
    public List<RpcService> services() {
        return services;
    }

    /** Takes on no more sagas, and lets other nodes have those under way. */
    public Future<Void> stop() {
        watch.close();
        news.close();
        cancelledEvents.close();
        meters.close();
        return moneySweep.stop().eventually(runner::stop).onComplete(stopped -> payments.close());
    }
}
