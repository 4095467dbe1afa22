package dev.onsale.command.admin;

import dev.onsale.command.audit.CommandAudit;
import dev.onsale.command.catalog.EventCatalog;
import dev.onsale.command.catalog.EventDetail;
import dev.onsale.command.catalog.Tier;
import dev.onsale.proto.catalog.v1.EventState;
import dev.onsale.proto.catalog.v1.SetPricesRequest;
import dev.onsale.proto.catalog.v1.SetPricesResponse;
import dev.onsale.runtime.audit.Act;
import dev.onsale.runtime.idempotency.Idempotency;
import dev.onsale.runtime.idempotency.RequestKey;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.sql.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Replaces prices by a new version of all of them. Names of tiers stay. */
final class PriceDesk {
    private static final Sql SET_PRICE_VERSION = Sql.load(PriceDesk.class, "set-price-version.sql");
    private static final Sql INSERT_PRICES = Sql.load(PriceDesk.class, "insert-prices.sql");
    private static final Set<EventState> OVER = Set.of(EventState.EVENT_STATE_CLOSED, EventState.EVENT_STATE_CANCELLED);

    private final EventCatalog catalog;
    private final Idempotency idempotency;
    private final EventChanges changes;

    PriceDesk(EventCatalog catalog, Idempotency idempotency, EventChanges changes) {
        this.catalog = catalog;
        this.idempotency = idempotency;
        this.changes = changes;
    }

    Future<SetPricesResponse> set(Call call, SetPricesRequest request) {
        UUID eventId = UUID.fromString(request.getEventId());
        return catalog.event(eventId)
                .compose(event -> {
                    FieldFaults faults = new FieldFaults();
                    TierPrices prices = check(request, event, faults);
                    return faults.isEmpty() ? set(call, request, eventId, prices) : faults.future();
                })
                .onSuccess(done -> catalog.invalidate(eventId));
    }

    private static TierPrices check(SetPricesRequest request, EventDetail event, FieldFaults faults) {
        TierPrices prices = TierPrices.check(request.getPriceTiersList(), faults);
        Set<String> tiers = event.tiers().stream().map(Tier::code).collect(Collectors.toSet());
        if (!prices.names().keySet().equals(tiers)) {
            faults.add("price_tiers", "must be all tiers of the event and no others");
        }
        if (faults.isEmpty() && !prices.currency().equals(event.currency())) {
            faults.add("price_tiers[0].face.currency_code", "must be " + event.currency() + " as before");
        }
        return prices;
    }

    private Future<SetPricesResponse> set(Call call, SetPricesRequest request, UUID eventId, TierPrices prices) {
        RequestKey key = RequestKey.of(call, request.getRequestId());
        return idempotency.once(
                key,
                request,
                SetPricesResponse.parser(),
                connection -> changes.lock(connection, eventId)
                        .compose(event -> event.unless(OVER))
                        .compose(event -> insert(connection, eventId, prices))
                        .compose(done -> changes.changed(connection, eventId, call))
                        .compose(done -> EventReader.event(connection, eventId))
                        .map(event ->
                                SetPricesResponse.newBuilder().setEvent(event).build())
                        .compose(answer -> CommandAudit.ADMIN.note(
                                connection, Act.byToEvent(call, eventId).asked(request), answer)));
    }

    private static Future<Void> insert(SqlConnection connection, UUID eventId, TierPrices prices) {
        return SET_PRICE_VERSION
                .run(connection, Tuple.of(eventId))
                .map(rows -> rows.iterator().next().getInteger("price_version"))
                .compose(version -> INSERT_PRICES.run(connection, prices.insertPrices(eventId, version)))
                .mapEmpty();
    }
}
