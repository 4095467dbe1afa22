package dev.onsale.command.presale;

import dev.onsale.command.audit.CommandAudit;
import dev.onsale.proto.presale.v1.AddFansRequest;
import dev.onsale.proto.presale.v1.AddFansResponse;
import dev.onsale.runtime.idempotency.Idempotency;
import dev.onsale.runtime.idempotency.RequestKey;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** Puts verified fans on the lists of presales. Neither the list nor what is kept of the request names them. */
final class FanDesk {
    private static final Sql ADD = Sql.load(FanDesk.class, "add-fans.sql");

    private final Idempotency idempotency;
    private final Pepper pepper;

    FanDesk(Idempotency idempotency, Pepper pepper) {
        this.idempotency = idempotency;
        this.pepper = pepper;
    }

    Future<AddFansResponse> add(Call call, AddFansRequest request) {
        List<String> fans =
                request.getAccountsList().stream().map(pepper::fan).distinct().toList();
        AddFansRequest hidden =
                request.toBuilder().clearAccounts().addAllAccounts(fans).build();
        return idempotency.once(
                RequestKey.of(call, request.getRequestId()),
                hidden,
                AddFansResponse.parser(),
                tx -> Presales.lockOpen(tx, request.getPresaleId())
                        .compose(locked -> ADD.run(
                                        tx,
                                        Tuple.of(locked.presale().id()).addArrayOfString(fans.toArray(String[]::new)))
                                .compose(rows -> CommandAudit.ADMIN.note(
                                        tx,
                                        Presales.act(call, locked.presale())
                                                .asked(request, "accounts")
                                                .with("added", rows.rowCount()),
                                        AddFansResponse.newBuilder()
                                                .setAdded(rows.rowCount())
                                                .build()))));
    }
}
