package dev.onsale.command.ticket;

import com.google.protobuf.ByteString;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.ticket.v1.CheckInTicketRequest;
import dev.onsale.proto.ticket.v1.CheckInTicketResponse;
import dev.onsale.proto.ticket.v1.GetTicketDocumentRequest;
import dev.onsale.proto.ticket.v1.GetTicketDocumentResponse;
import dev.onsale.proto.ticket.v1.ListTicketKeysRequest;
import dev.onsale.proto.ticket.v1.ListTicketKeysResponse;
import dev.onsale.proto.ticket.v1.ListTicketsRequest;
import dev.onsale.proto.ticket.v1.ListTicketsResponse;
import dev.onsale.proto.ticket.v1.TicketFormat;
import dev.onsale.proto.ticket.v1.TicketKey;
import dev.onsale.proto.ticket.v1.TicketServiceGrpcService;
import dev.onsale.runtime.auth.Scope;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.rpc.RpcService;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.UUID;

/** The edge of {@code onsale.ticket.v1.TicketService}. */
public final class TicketRpc {
    private final Vertx vertx;
    private final TicketStore tickets;
    private final TicketKeys keys;
    private final TicketCodes codes;
    private final TicketPrinter printer;
    private final TransferDesk transfers;

    /** Tickets in this store, signed with these keys, changing hands at this desk. */
    public TicketRpc(
            Vertx vertx,
            TicketStore tickets,
            TicketKeys keys,
            TicketCodes codes,
            TicketPrinter printer,
            TransferDesk transfers) {
        this.vertx = vertx;
        this.tickets = tickets;
        this.keys = keys;
        this.codes = codes;
        this.printer = printer;
        this.transfers = transfers;
    }

    /** The service with its handlers. */
    public RpcService service() {
        return RpcService.of(TicketServiceGrpcService.SERVICE_DESCRIPTOR)
                .unary(TicketServiceGrpcService.ListTickets, this::listTickets)
                .unary(TicketServiceGrpcService.GetTicketDocument, this::getTicketDocument)
                .unary(TicketServiceGrpcService.ListTicketKeys, this::listTicketKeys)
                .unary(TicketServiceGrpcService.CheckInTicket, this::checkInTicket)
                .unary(TicketServiceGrpcService.TransferTicket, transfers::transfer)
                .unary(TicketServiceGrpcService.ListTicketTransfers, transfers::list);
    }

    private Future<ListTicketsResponse> listTickets(Call call, ListTicketsRequest request) {
        if (request.getBookingId().isEmpty() == request.getEventId().isEmpty()) {
            return Refusal.invalid("booking_id", "must be given, or event_id, and not both")
                    .future();
        }
        return request.getBookingId().isEmpty()
                ? tickets.ofOwner(call.account(), UUID.fromString(request.getEventId()))
                        .map(TicketRpc::tickets)
                : ofBooking(call, UUID.fromString(request.getBookingId()));
    }

    /** Somebody else's booking looks like none, but for the tickets of it that the caller was given. */
    private Future<ListTicketsResponse> ofBooking(Call call, UUID bookingId) {
        return tickets.ofBooking(bookingId).map(found -> {
            List<TicketDetail> mine =
                    found.stream().filter(ticket -> mayRead(call, ticket)).toList();
            if (mine.isEmpty()) {
                throw Refusal.notFound("booking");
            }
            return tickets(mine);
        });
    }

    private static ListTicketsResponse tickets(List<TicketDetail> details) {
        return ListTicketsResponse.newBuilder()
                .addAllTickets(details.stream().map(TicketView::of).toList())
                .build();
    }

    private static boolean mayRead(Call call, TicketDetail ticket) {
        return call.reaches(ticket.account())
                && call.principal().scope().allows(ticket.event().eventId());
    }

    private Future<GetTicketDocumentResponse> getTicketDocument(Call call, GetTicketDocumentRequest request) {
        return tickets.read(UUID.fromString(request.getTicketId())).compose(ticket -> {
            if (!call.reaches(ticket.account())) {
                return Refusal.notFound("ticket").future();
            }
            if (!call.principal().scope().allows(ticket.event().eventId())) {
                return Scope.missing("event").future();
            }
            if (ticket.dead()) {
                return Refusal.of(ErrorReason.ERROR_REASON_TICKET_VOID, "The ticket was cancelled or replaced")
                        .future();
            }
            return vertx.executeBlocking(() -> draw(ticket, request.getFormat()), false);
        });
    }

    private GetTicketDocumentResponse draw(TicketDetail detail, TicketFormat format) {
        PrintedTicket ticket = new PrintedTicket(detail, codes.sign(detail.code()));
        var response = GetTicketDocumentResponse.newBuilder().setCode(ticket.code());
        switch (format) {
            case TICKET_FORMAT_PNG ->
                response.setContentType("image/png").setDocument(ByteString.copyFrom(printer.png(ticket)));
            case TICKET_FORMAT_PDF ->
                response.setContentType("application/pdf")
                        .setDocument(ByteString.copyFrom(printer.pdf(List.of(ticket))));
            case TICKET_FORMAT_UNSPECIFIED, UNRECOGNIZED -> {
                // The code alone.
            }
        }
        return response.build();
    }

    private Future<ListTicketKeysResponse> listTicketKeys(Call call, ListTicketKeysRequest request) {
        ListTicketKeysResponse.Builder response = ListTicketKeysResponse.newBuilder();
        keys.publicKeys()
                .forEach(jwk -> response.addKeys(
                        TicketKey.newBuilder().setKid(jwk.getString("kid")).setJwk(jwk.encode())));
        return Future.succeededFuture(response.build());
    }

    private Future<CheckInTicketResponse> checkInTicket(Call call, CheckInTicketRequest request) {
        UUID eventId = UUID.fromString(request.getEventId());
        String scan = call.account() + "/" + request.getRequestId();
        return codes.verify(request.getCode())
                .map(code -> tickets.checkIn(code.ticketId(), eventId, scan, request.getGate()))
                .orElseGet(() -> Refusal.of(ErrorReason.ERROR_REASON_TICKET_CODE_INVALID, "Not one of our codes")
                        .future())
                .map(ticket -> CheckInTicketResponse.newBuilder()
                        .setTicket(TicketView.of(ticket))
                        .build());
    }
}
