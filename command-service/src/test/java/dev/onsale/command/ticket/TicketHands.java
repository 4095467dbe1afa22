package dev.onsale.command.ticket;

import dev.onsale.command.BoxOffice;
import dev.onsale.proto.booking.v1.Booking;
import dev.onsale.proto.booking.v1.BookingItem;
import dev.onsale.proto.booking.v1.BookingServiceGrpcClient;
import dev.onsale.proto.booking.v1.CancelBookingRequest;
import dev.onsale.proto.ticket.v1.CheckInTicketRequest;
import dev.onsale.proto.ticket.v1.GetTicketDocumentRequest;
import dev.onsale.proto.ticket.v1.ListTicketTransfersRequest;
import dev.onsale.proto.ticket.v1.ListTicketTransfersResponse;
import dev.onsale.proto.ticket.v1.ListTicketsRequest;
import dev.onsale.proto.ticket.v1.Ticket;
import dev.onsale.proto.ticket.v1.TicketServiceGrpcClient;
import dev.onsale.proto.ticket.v1.TransferTicketRequest;
import dev.onsale.proto.ticket.v1.TransferTicketResponse;
import dev.onsale.runtime.auth.Role;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** What people do with tickets, one line each. */
record TicketHands(BoxOffice office, UUID eventId) {

    /** A booking of these seats, paid and with its tickets. */
    Booking buy(String account, Integer... ordinals) {
        return office.settled(office.book(office.hold(eventId, account, ordinals), "tok_approve"));
    }

    static List<String> tickets(Booking booking) {
        return booking.getItemsList().stream().map(BookingItem::getTicketId).toList();
    }

    static TransferTicketRequest request(String to, String... tickets) {
        return request(to, Arrays.asList(tickets));
    }

    static TransferTicketRequest request(String to, List<String> tickets) {
        return TransferTicketRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .addAllTicketIds(tickets)
                .setRecipientAccount(to)
                .build();
    }

    TransferTicketResponse give(String from, TransferTicketRequest request) {
        return office.fan(from).call(TicketServiceGrpcClient.TransferTicket, request);
    }

    /** The id of the one new ticket. */
    String give(String from, String to, String ticket) {
        return give(from, request(to, ticket)).getTickets(0).getTicketId();
    }

    List<Ticket> own(String account) {
        return office.fan(account)
                .call(
                        TicketServiceGrpcClient.ListTickets,
                        ListTicketsRequest.newBuilder()
                                .setEventId(eventId.toString())
                                .build())
                .getTicketsList();
    }

    List<Ticket> ofBooking(Role role, String account, Booking booking) {
        return office.as(role, account)
                .call(
                        TicketServiceGrpcClient.ListTickets,
                        ListTicketsRequest.newBuilder()
                                .setBookingId(booking.getBookingId())
                                .build())
                .getTicketsList();
    }

    static GetTicketDocumentRequest document(String ticket) {
        return GetTicketDocumentRequest.newBuilder().setTicketId(ticket).build();
    }

    String code(String account, String ticket) {
        return office.fan(account)
                .call(TicketServiceGrpcClient.GetTicketDocument, document(ticket))
                .getCode();
    }

    CheckInTicketRequest scan(String code) {
        return CheckInTicketRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setEventId(eventId.toString())
                .setCode(code)
                .setGate("north")
                .build();
    }

    static CancelBookingRequest cancel(Booking booking) {
        return CancelBookingRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setBookingId(booking.getBookingId())
                .setReason("as asked")
                .build();
    }

    void cancelAs(Role role, String account, Booking booking) {
        office.as(role, account).call(BookingServiceGrpcClient.CancelBooking, cancel(booking));
    }

    ListTicketTransfersResponse chain(String ticket) {
        return office.as(Role.SUPPORT, "sue")
                .call(
                        TicketServiceGrpcClient.ListTicketTransfers,
                        ListTicketTransfersRequest.newBuilder()
                                .setTicketId(ticket)
                                .build());
    }
}
