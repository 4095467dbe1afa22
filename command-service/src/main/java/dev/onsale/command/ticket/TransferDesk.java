package dev.onsale.command.ticket;

import dev.onsale.command.saga.Saga;
import dev.onsale.command.saga.Sagas;
import dev.onsale.proto.ticket.v1.ListTicketTransfersRequest;
import dev.onsale.proto.ticket.v1.ListTicketTransfersResponse;
import dev.onsale.proto.ticket.v1.TicketTransfer;
import dev.onsale.proto.ticket.v1.TransferTicketRequest;
import dev.onsale.proto.ticket.v1.TransferTicketResponse;
import dev.onsale.runtime.auth.Scope;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.idempotency.Idempotency;
import dev.onsale.runtime.idempotency.RequestKey;
import dev.onsale.runtime.rpc.Call;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import java.util.Objects;
import java.util.UUID;

/** Takes transfers of tickets: all that matters is done when it answers; the mail follows by {@link TransferSaga}. */
public final class TransferDesk {
    private final TransferStore transfers;
    private final Idempotency idempotency;
    private final Saga<JsonObject> saga;
    private final Runnable nudge;

    /** @param nudge tells the saga runner that there is something to do */
    TransferDesk(TransferStore transfers, Idempotency idempotency, Saga<JsonObject> saga, Runnable nudge) {
        this.transfers = transfers;
        this.idempotency = idempotency;
        this.saga = saga;
        this.nudge = nudge;
    }

    Future<TransferTicketResponse> transfer(Call call, TransferTicketRequest request) {
        if (request.getRecipientAccount().equals(call.account())) {
            return Refusal.invalid("recipient_account", "must be another account")
                    .future();
        }
        Transfer transfer = new Transfer(
                call.account(),
                request.getRecipientAccount(),
                request.getRecipientEmail().isEmpty() ? null : request.getRecipientEmail(),
                request.getTicketIdsList().stream().map(UUID::fromString).toList());
        return idempotency
                .once(
                        RequestKey.of(call, request.getRequestId()),
                        request,
                        TransferTicketResponse.parser(),
                        tx -> transfer(tx, transfer, call.principal().scope()))
                .onSuccess(done -> nudge.run());
    }

    private Future<TransferTicketResponse> transfer(SqlConnection tx, Transfer transfer, Scope scope) {
        return transfers
                .move(tx, transfer)
                .compose(made -> scope.allows(made.eventId())
                        ? Future.succeededFuture(made)
                        : Scope.missing("event").<Transfer.Made>future())
                .compose(made -> begin(tx, transfer, made.transferId())
                        .compose(begun -> TransferStore.fresh(tx, made))
                        .map(tickets -> TransferTicketResponse.newBuilder()
                                .setTransferId(made.transferId().toString())
                                .addAllTickets(
                                        tickets.stream().map(TicketView::of).toList())
                                .build()));
    }

    /** Without an address there is nothing left to do. */
    private Future<Boolean> begin(SqlConnection tx, Transfer transfer, UUID transferId) {
        return transfer.email() == null
                ? Future.succeededFuture(false)
                : Sagas.startBehindFirstStep(tx, saga, transferId, new JsonObject());
    }

    Future<ListTicketTransfersResponse> list(Call call, ListTicketTransfersRequest request) {
        return transfers.chain(UUID.fromString(request.getTicketId())).map(rows -> {
            ListTicketTransfersResponse.Builder response = ListTicketTransfersResponse.newBuilder();
            for (Row row : rows) {
                if (row.getUUID("replaces") == null) {
                    response.setFirstAccount(row.getString("user_id"));
                } else {
                    response.addTransfers(transfer(row));
                }
            }
            if (rows.size() == 0) {
                throw Refusal.notFound("ticket");
            }
            return response.build();
        });
    }

    private static TicketTransfer transfer(Row row) {
        return TicketTransfer.newBuilder()
                .setTransferId(row.getUUID("transfer_id").toString())
                .setFromAccount(row.getString("from_account"))
                .setToAccount(row.getString("user_id"))
                .setOldTicketId(row.getUUID("replaces").toString())
                .setNewTicketId(row.getUUID("id").toString())
                .setTransferTime(
                        TicketView.time(row.getOffsetDateTime("created_at").toInstant()))
                .setRecipientEmail(Objects.requireNonNullElse(row.getString("to_email"), ""))
                .build();
    }
}
