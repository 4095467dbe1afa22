package dev.onsale.waitingroom.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onsale.embedded.StoreKind;
import dev.onsale.runtime.admission.Admission;
import dev.onsale.runtime.admission.AdmissionConfig;
import dev.onsale.runtime.admission.AdmissionVerifier;
import dev.onsale.runtime.admission.Presented;
import dev.onsale.runtime.auth.CompactJws;
import dev.onsale.runtime.auth.SigningKey;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.sql.Database;
import dev.onsale.runtime.sql.SqlConfig;
import dev.onsale.testkit.TestStores;
import dev.onsale.waitingroom.WaitingRoomSchema;
import dev.onsale.waitingroom.admission.AdmissionIssuer.Grant;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nodes that issue admissions share their keys, and follow them without a gap. */
class AdmissionIssuerIT {
    private static final UUID EVENT = UUID.randomUUID();

    @RegisterExtension
    static final TestStores STORES = TestStores.with(StoreKind.POSTGRES)
            .migrated(
                    "waiting_room",
                    (url, owner) -> WaitingRoomSchema.migrations(url, owner.user(), owner.password())
                            .run());

    private final List<AdmissionIssuer> nodes = new CopyOnWriteArrayList<>();

    private static Vertx vertx;
    private static Database database;

    @BeforeAll
    static void connect() {
        vertx = Vertx.vertx();
        database = await(Database.connect(
                vertx, SqlConfig.from(Config.of(STORES.settings())).in(WaitingRoomSchema.NAME)));
    }

    @AfterAll
    static void close() {
        await(database.close());
        await(vertx.close());
    }

    @BeforeEach
    void forgetKeys() {
        sql("DELETE FROM admission_keys");
    }

    @AfterEach
    void stopNodes() {
        nodes.forEach(node -> await(node.stop()));
    }

    private AdmissionIssuer node() {
        return await(opening());
    }

    private Future<AdmissionIssuer> opening() {
        return AdmissionIssuer.open(vertx, database, Config.of(Map.of())).onSuccess(nodes::add);
    }

    private static void sql(String statement) {
        await(database.pool().query(statement).execute());
    }

    private static <T extends @Nullable Object> T await(Future<T> future) {
        try {
            return future.await(30, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError(late);
        }
    }

    private static Grant grant(Optional<String> device) {
        return new Grant("ada", EVENT, "e17", 3, Instant.now().plusSeconds(600), device);
    }

    private static String kid(String token) {
        return CompactJws.parse(token).orElseThrow().header().getString("kid");
    }

    private static JsonArray shown(AdmissionIssuer node) {
        return new JsonObject(node.jwks()).getJsonArray("keys");
    }

    @Test
    void makesOneFirstKeyHoweverManyNodesStartAtOnce() {
        var started = IntStream.range(0, 8).mapToObj(i -> opening()).toList().stream()
                .map(AdmissionIssuerIT::await)
                .toList();

        assertThat(started).allSatisfy(node -> assertThat(shown(node)).hasSize(1));
        assertThat(started.stream()
                        .map(node -> kid(node.issue(grant(Optional.empty()))))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void isBelievedByTheWriteSide() {
        AdmissionIssuer node = node();
        HttpServer site =
                await(vertx.createHttpServer().requestHandler(node.page()).listen(0, "127.0.0.1"));
        AdmissionConfig config = AdmissionConfig.from(Config.of(
                Map.of("admission.jwks-url", "http://127.0.0.1:" + site.actualPort() + AdmissionIssuer.PATH)));
        String token = node.issue(grant(Optional.empty()));

        Admission admission =
                await(AdmissionVerifier.create(vertx, config).verify(new Presented(token, null, "ada", EVENT, "x/Y")));

        assertThat(admission.session()).isEqualTo("e17");
        assertThat(admission.epoch()).isEqualTo(3);
        assertThat(node.jwks()).doesNotContain("\"d\"");
    }

    @Test
    void showsANewKeyBeforeItSignsAndTheOldOneAfterwards() {
        AdmissionIssuer node = node();
        AdmissionIssuer other = node();
        String first = kid(node.issue(grant(Optional.empty())));

        await(Future.all(node.rotate(), other.rotate(), node.rotate()));

        assertThat(shown(node)).hasSize(2);
        assertThat(kid(node.issue(grant(Optional.empty())))).isEqualTo(first);

        sql("UPDATE admission_keys SET signs_at = now() WHERE signs_at > now()");
        AdmissionIssuer later = node();

        assertThat(kid(later.issue(grant(Optional.empty())))).isNotEqualTo(first);
        assertThat(shown(later)).hasSize(2);

        sql("UPDATE admission_keys SET retires_at = now() - interval '1 second' WHERE retires_at IS NOT NULL");

        assertThat(shown(node())).hasSize(1);
        await(later.rotate());
        assertThat(await(database.pool()
                                .query("SELECT count(*) FROM admission_keys")
                                .execute())
                        .iterator()
                        .next()
                        .getInteger(0))
                .isEqualTo(2);
    }

    @Test
    void bindsAnAdmissionToADevice() {
        AdmissionIssuer node = node();
        SigningKey device = SigningKey.generate();

        String token = node.issue(grant(Optional.of(device.publicJwk().encode())));

        assertThat(CompactJws.parse(token)
                        .orElseThrow()
                        .claims()
                        .getJsonObject("cnf")
                        .getString("jkt"))
                .isEqualTo(device.id());
        for (String bad : new String[] {"", "{}", "text", "{\"kty\":\"oct\",\"k\":\"AAAA\"}", device.secret()}) {
            assertThatThrownBy(() -> node.issue(grant(Optional.of(bad))))
                    .as(bad)
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.fields()).hasSize(1));
        }
    }
}
