package dev.onsale.command.privacy;

import dev.onsale.command.audit.CommandAudit;
import dev.onsale.command.inventory.HolderTraces;
import dev.onsale.command.outbox.Outbox;
import dev.onsale.command.saga.Saga;
import dev.onsale.command.saga.Sagas;
import dev.onsale.proto.privacy.v1.EraseAccountRequest;
import dev.onsale.proto.privacy.v1.EraseAccountResponse;
import dev.onsale.proto.privacy.v1.GetErasureRequest;
import dev.onsale.proto.privacy.v1.GetErasureResponse;
import dev.onsale.proto.privacy.v1.PrivacyServiceGrpcService;
import dev.onsale.runtime.audit.Act;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.idempotency.Idempotency;
import dev.onsale.runtime.idempotency.RequestKey;
import dev.onsale.runtime.rpc.Access;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.runtime.rpc.RpcService;
import dev.onsale.runtime.sql.Database;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.UUID;

/** Erasures, put together: the service, and the saga behind it for the saga runner. */
public final class Privacy {
    private static final Access OPERATORS = Access.of(Role.OPERATOR);

    private final Idempotency idempotency;
    private final ErasureStore store;
    private final ErasureSaga saga;

    /**
     * Erasures.
     *
     * @param own the connections of sagas
     * @param redis what Redis knows of accounts
     * @param payment the payment adapter
     * @param waitingRoom the waiting room
     */
    public Privacy(
            Database database,
            Database own,
            Outbox outbox,
            Idempotency idempotency,
            HolderTraces redis,
            RpcClient payment,
            RpcClient waitingRoom) {
        this.idempotency = idempotency;
        this.store = new ErasureStore(database, outbox);
        this.saga = new ErasureSaga(new ErasureStore(own, outbox), redis, new PrivacyNeighbours(payment, waitingRoom));
    }

    /** For the saga runner. */
    public Saga<?> saga() {
        return saga;
    }

    /** {@code onsale.privacy.v1.PrivacyService}. */
    public RpcService service() {
        return RpcService.of(PrivacyServiceGrpcService.SERVICE_DESCRIPTOR)
                .unary(PrivacyServiceGrpcService.EraseAccount, OPERATORS, this::erase)
                .unary(PrivacyServiceGrpcService.GetErasure, OPERATORS, this::get);
    }

    private Future<EraseAccountResponse> erase(Call call, EraseAccountRequest request) {
        return idempotency.once(
                RequestKey.of(call, request.getRequestId()),
                request,
                EraseAccountResponse.parser(),
                tx -> begin(tx, call, request)
                        .compose(row -> CommandAudit.ADMIN.note(
                                tx,
                                Act.ofAccount(call, request.getAccount())
                                        .because(request.getReason())
                                        .with("erasure", row.id().toString()),
                                row))
                        .map(row -> EraseAccountResponse.newBuilder()
                                .setErasure(row.toProto())
                                .build()));
    }

    private Future<ErasureRow> begin(SqlConnection tx, Call call, EraseAccountRequest request) {
        UUID id = UUID.randomUUID();
        String account = request.getAccount();
        String pseudonym = "erased-" + UUID.randomUUID();
        return ErasureStore.unlessUnderWay(tx, account)
                .compose(free -> ErasureStore.begin(
                        tx, id, ErasureRow.sha256(account), pseudonym, request.getReason(), call.account()))
                .compose(begun -> ErasureStore.payments(tx, account))
                .compose(payments ->
                        Sagas.start(tx, saga, id, new Erasing(account, pseudonym, List.of(), payments, List.of())))
                .compose(started -> ErasureStore.read(tx, id));
    }

    private Future<GetErasureResponse> get(Call call, GetErasureRequest request) {
        return store.read(UUID.fromString(request.getErasureId()))
                .map(row -> GetErasureResponse.newBuilder()
                        .setErasure(row.toProto())
                        .build());
    }
}
