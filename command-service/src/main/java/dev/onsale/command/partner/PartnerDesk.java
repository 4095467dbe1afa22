package dev.onsale.command.partner;

import dev.onsale.command.audit.CommandAudit;
import dev.onsale.proto.partner.v1.CreatePartnerRequest;
import dev.onsale.proto.partner.v1.CreatePartnerResponse;
import dev.onsale.proto.partner.v1.GetPartnerRequest;
import dev.onsale.proto.partner.v1.GetPartnerResponse;
import dev.onsale.proto.partner.v1.ListPartnersRequest;
import dev.onsale.proto.partner.v1.ListPartnersResponse;
import dev.onsale.proto.partner.v1.Partner;
import dev.onsale.proto.partner.v1.ResumePartnerRequest;
import dev.onsale.proto.partner.v1.ResumePartnerResponse;
import dev.onsale.proto.partner.v1.SuspendPartnerRequest;
import dev.onsale.proto.partner.v1.SuspendPartnerResponse;
import dev.onsale.runtime.audit.Act;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.idempotency.Idempotency;
import dev.onsale.runtime.idempotency.RequestKey;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Adds partners, shows them, stops them and lets them go on. */
final class PartnerDesk {
    private static final Sql INSERT = Sql.load(PartnerDesk.class, "insert-partner.sql");
    private static final Sql READ = Sql.load(PartnerDesk.class, "partner.sql");
    private static final Sql LIST = Sql.load(PartnerDesk.class, "partners.sql");
    private static final Sql SET_SUSPENDED = Sql.load(PartnerDesk.class, "set-suspended.sql");
    private static final int PAGE_SIZE = 50;

    private final Database database;
    private final Idempotency idempotency;

    PartnerDesk(Database database, Idempotency idempotency) {
        this.database = database;
        this.idempotency = idempotency;
    }

    Future<CreatePartnerResponse> create(Call call, CreatePartnerRequest request) {
        return idempotency.once(
                RequestKey.of(call, request.getRequestId()),
                request,
                CreatePartnerResponse.parser(),
                tx -> INSERT.run(tx, Tuple.of(request.getName()))
                        .map(rows -> CreatePartnerResponse.newBuilder()
                                .setPartner(one(rows))
                                .build())
                        .compose(answer -> CommandAudit.ADMIN.note(
                                tx, act(call, answer.getPartner()).asked(request), answer)));
    }

    Future<GetPartnerResponse> get(Call call, GetPartnerRequest request) {
        return database.run(READ, Tuple.of(UUID.fromString(request.getPartnerId())))
                .map(rows ->
                        GetPartnerResponse.newBuilder().setPartner(one(rows)).build());
    }

    Future<ListPartnersResponse> list(Call call, ListPartnersRequest request) {
        int size = request.getPageSize() == 0 ? PAGE_SIZE : request.getPageSize();
        @Nullable UUID before;
        try {
            before = request.getPageToken().isEmpty() ? null : UUID.fromString(request.getPageToken());
        } catch (IllegalArgumentException notOurs) {
            return Refusal.invalid("page_token", "must be from the answer before")
                    .future();
        }
        return database.run(LIST, Tuple.of(before, size + 1)).map(rows -> page(rows, size));
    }

    private static ListPartnersResponse page(RowSet<Row> rows, int size) {
        List<Partner> found = new ArrayList<>();
        rows.forEach(row -> found.add(PartnerView.partner(row)));
        boolean more = found.size() > size;
        List<Partner> page = more ? found.subList(0, size) : found;
        return ListPartnersResponse.newBuilder()
                .addAllPartners(page)
                .setNextPageToken(more ? page.getLast().getPartnerId() : "")
                .build();
    }

    Future<SuspendPartnerResponse> suspend(Call call, SuspendPartnerRequest request) {
        return idempotency.once(
                RequestKey.of(call, request.getRequestId()),
                request,
                SuspendPartnerResponse.parser(),
                tx -> set(tx, request.getPartnerId(), true)
                        .compose(partner -> CommandAudit.ADMIN.note(
                                tx,
                                act(call, partner).asked(request),
                                SuspendPartnerResponse.newBuilder()
                                        .setPartner(partner)
                                        .build())));
    }

    Future<ResumePartnerResponse> resume(Call call, ResumePartnerRequest request) {
        return idempotency.once(
                RequestKey.of(call, request.getRequestId()),
                request,
                ResumePartnerResponse.parser(),
                tx -> set(tx, request.getPartnerId(), false)
                        .compose(partner -> CommandAudit.ADMIN.note(
                                tx,
                                act(call, partner).asked(request),
                                ResumePartnerResponse.newBuilder()
                                        .setPartner(partner)
                                        .build())));
    }

    private static Act act(Call call, Partner partner) {
        return Act.by(call, "partner", partner.getPartnerId());
    }

    private static Future<Partner> set(SqlConnection tx, String partnerId, boolean suspended) {
        return SET_SUSPENDED
                .run(tx, Tuple.of(UUID.fromString(partnerId), suspended))
                .map(PartnerDesk::one);
    }

    private static Partner one(RowSet<Row> rows) {
        if (rows.size() == 0) {
            throw Refusal.notFound("partner");
        }
        return PartnerView.partner(rows.iterator().next());
    }
}
