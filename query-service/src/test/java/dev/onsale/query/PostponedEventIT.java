package dev.onsale.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.embedded.StoreKind;
import dev.onsale.proto.query.v1.CatalogQueryServiceGrpcClient;
import dev.onsale.proto.query.v1.EventSummary;
import dev.onsale.proto.query.v1.GetEventRequest;
import dev.onsale.proto.query.v1.SearchEventsRequest;
import dev.onsale.query.elastic.Elastic;
import dev.onsale.query.elastic.ElasticConfig;
import dev.onsale.query.elastic.IndexKind;
import dev.onsale.query.elastic.Indexes;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.testkit.TestStores;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Fans see that an event was put off, also in an index that an earlier release made, which knows nothing of that. */
final class PostponedEventIT {
    @RegisterExtension
    static final TestStores stores =
            ReadSide.migrated(TestStores.exclusive(StoreKind.REDIS, StoreKind.POSTGRES, StoreKind.ELASTICSEARCH));

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final List<String> NEW_FIELDS = List.of("transfers_forbidden", "times_postponed", "opt_out_until");
    private static final OffsetDateTime NEW_DATE =
            Instant.parse("2031-03-01T19:00:00Z").atOffset(ZoneOffset.UTC);
    private static final OffsetDateTime OPT_OUT =
            Instant.parse("2031-01-01T00:00:00Z").atOffset(ZoneOffset.UTC);

    private static ReadSide side;
    private static RpcClient anyone;

    @BeforeAll
    static void start() throws SQLException, IOException {
        Vertx vertx = Vertx.vertx();
        try (Elastic elastic = Elastic.open(vertx, ElasticConfig.from(Config.of(stores.settings())))) {
            String alias = elastic.live().name(IndexKind.EVENTS);
            String old = withoutNewFields();
            elastic.patient()
                    .indices()
                    .create(create -> create.index(alias + "-g1").withJson(new StringReader(old)));
            new Indexes(elastic).createFirst(Set.of(IndexKind.values()));
        }
        vertx.close().await();
        side = new ReadSide(stores);
        anyone = Clients.anonymous(side);
    }

    private static String withoutNewFields() throws IOException {
        JsonObject definition =
                new JsonObject(Buffer.buffer(IndexKind.EVENTS.definition().readAllBytes()));
        JsonObject fields = definition.getJsonObject("mappings").getJsonObject("properties");
        NEW_FIELDS.forEach(field -> assertThat(fields.remove(field)).as(field).isNotNull());
        return definition.encode();
    }

    @AfterAll
    static void stop() throws SQLException {
        anyone.close().await();
        side.close();
    }

    @Test
    void showsTheNewDateOrThatItIsToBeTold() throws SQLException {
        Sale sale = side.sale("Postponed", "Berlin").load();
        Sale other = side.sale("As planned", "Berlin").load();
        other.event("event_date", NEW_DATE.plusYears(1));
        sale.event("opt_out_until", OPT_OUT);
        sale.event("postponed", 1);
        sale.event("transfers_allowed", false);
        sale.event("date_known", false);

        EventSummary open = eventually(sale, EventSummary::getDateToBeTold);
        assertThat(open.hasEventTime()).isFalse();
        assertThat(open.getTimesPostponed()).isEqualTo(1);
        assertThat(open.getTransfersForbidden()).isTrue();
        assertThat(open.getOptOutUntil().getSeconds()).isEqualTo(OPT_OUT.toEpochSecond());
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(anyone.call(
                                        CatalogQueryServiceGrpcClient.SearchEvents,
                                        SearchEventsRequest.getDefaultInstance())
                                .await()
                                .getEventsList())
                        .extracting(EventSummary::getName)
                        .containsExactly("As planned", "Postponed"));

        sale.event("event_date", NEW_DATE);
        sale.event("date_known", true);

        EventSummary told = eventually(sale, event -> !event.getDateToBeTold());
        assertThat(told.getEventTime().getSeconds()).isEqualTo(NEW_DATE.toEpochSecond());
    }

    private static EventSummary eventually(Sale sale, Predicate<EventSummary> shown) {
        GetEventRequest request =
                GetEventRequest.newBuilder().setEventId(sale.eventId.toString()).build();
        return await().atMost(LONG)
                .ignoreExceptions()
                .until(
                        () -> anyone.call(CatalogQueryServiceGrpcClient.GetEvent, request)
                                .await()
                                .getEvent(),
                        shown);
    }
}
