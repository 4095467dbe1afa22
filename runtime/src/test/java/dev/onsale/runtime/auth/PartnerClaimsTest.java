package dev.onsale.runtime.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Partners' tokens: what they give, and that neither issuer can give what is the other's. */
final class PartnerClaimsTest {
    private static final UUID PARTNER = UUID.randomUUID();
    private static final String ACCOUNT = "partner:" + PARTNER;
    private static final UUID EVENT = UUID.randomUUID();
    private static final Scope SOME = new Scope(Set.of(Ability.SELL), Optional.of(Set.of(EVENT)));

    @TempDir
    Path folder;

    private Vertx vertx;
    private SigningKeys keys;
    private SigningKey issuer;
    private TokenVerifier verifier;

    @BeforeEach
    void open() throws Exception {
        vertx = Vertx.vertx();
        keys = SigningKeys.open(folder.resolve("partner-keys.json"));
        issuer = SigningKey.generateEd25519();
        Path jwks = folder.resolve("jwks.json");
        Files.writeString(jwks, issuer.jwks());
        AuthConfig config = new AuthConfig(
                "https://issuer.example", "onsale", Optional.empty(), Optional.of(jwks), Duration.ofSeconds(30), 100);
        verifier = TokenVerifier.create(vertx, config.withPartnerKeys(keys.file()));
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    private static JsonObject claims() {
        Instant now = Instant.now();
        return PartnerClaims.of("onsale", ACCOUNT, "0123456789abcdef", SOME, now, now.plusSeconds(300));
    }

    @Test
    void areThePartnerWithItsScopeAndNoOtherRole() throws Exception {
        String token = keys.signing()
                .sign(
                        PartnerClaims.TYPE,
                        claims().put("roles", new JsonArray().add("operator").add("support")));

        Principal principal = await(verifier.verify(token));

        assertThat(principal.account()).isEqualTo(ACCOUNT);
        assertThat(principal.roles()).containsExactly(Role.PARTNER);
        assertThat(principal.scope()).isEqualTo(SOME);
        assertThat(await(verifier.verify(token))).isEqualTo(principal);
    }

    @Test
    void mayBeForAllEvents() throws Exception {
        Instant now = Instant.now();
        JsonObject all = PartnerClaims.of("onsale", ACCOUNT, "k", Scope.ALL, now, now.plusSeconds(300));

        assertThat(await(verifier.verify(keys.signing().sign(PartnerClaims.TYPE, all)))
                        .scope())
                .isEqualTo(Scope.ALL);
    }

    static Stream<JsonObject> wrongClaims() {
        long now = Instant.now().getEpochSecond();
        return Stream.of(
                claims().put("iss", "https://issuer.example"),
                claims().put("aud", "other"),
                claims().put("exp", now - 60),
                claims().put("exp", "soon"),
                without("exp"),
                claims().put("iat", now + 600),
                claims().put("sub", "alice"),
                claims().put("sub", "partner:alice"),
                claims().put("sub", ACCOUNT + "x"),
                without("sub"),
                without("abilities"),
                claims().put("abilities", "sell"),
                without("events"),
                claims().put("events", new JsonArray()),
                claims().put("events", new JsonArray().add("nonsense")),
                claims().put("events", "all"),
                claims().put(
                                "events",
                                new JsonArray(
                                        Stream.generate(() -> UUID.randomUUID().toString())
                                                .limit(51)
                                                .toList())));
    }

    private static JsonObject without(String name) {
        JsonObject claims = claims();
        claims.remove(name);
        return claims;
    }

    @ParameterizedTest
    @MethodSource("wrongClaims")
    void areRefusedIfAnythingIsWrong(JsonObject claims) {
        assertRefused(keys.signing().sign(PartnerClaims.TYPE, claims));
    }

    @Test
    void areNotTheIssuersToGive() {
        JsonObject access = new JsonObject()
                .put("iss", "https://issuer.example")
                .put("aud", "onsale")
                .put("sub", ACCOUNT)
                .put("roles", new JsonArray().add("partner"))
                .put("exp", Instant.now().getEpochSecond() + 300);
        assertRefused(issuer.sign(PartnerClaims.TYPE, claims()));
        assertRefused(issuer.sign("JWT", access));
        assertRefused(issuer.sign("JWT", claims()));
    }

    @Test
    void areNoAccessTokensOfTheIssuer() {
        JsonObject access = new JsonObject()
                .put("iss", "https://issuer.example")
                .put("aud", "onsale")
                .put("sub", "olga")
                .put("roles", new JsonArray().add("operator"))
                .put("exp", Instant.now().getEpochSecond() + 300);

        assertRefused(keys.signing().sign("JWT", access));
        assertRefused(keys.signing().sign(PartnerClaims.TYPE, access));
        assertRefused(keys.signing().sign("JWT", claims()));
    }

    @Test
    void areRefusedWhereNobodySaidWhoseToBelieve() throws Exception {
        Path jwks = folder.resolve("jwks.json");
        TokenVerifier deaf = TokenVerifier.create(
                vertx,
                new AuthConfig(
                        "https://issuer.example",
                        "onsale",
                        Optional.empty(),
                        Optional.of(jwks),
                        Duration.ofSeconds(30),
                        100));

        assertThatThrownBy(() -> await(deaf.verify(keys.signing().sign(PartnerClaims.TYPE, claims()))))
                .isSameAs(TokenVerifier.invalid());
    }

    @Test
    void areStillBelievedAfterARestartAndByTheNextKey() throws Exception {
        String token = keys.signing().sign(PartnerClaims.TYPE, claims());
        SigningKeys again = SigningKeys.open(keys.file());

        assertThat(again.signing().id()).isEqualTo(keys.signing().id());
        assertThat(again.jwks().encode()).doesNotContain("\"d\"");
        assertThat(await(verifier.verify(token)).account()).isEqualTo(ACCOUNT);
    }

    private void assertRefused(String token) {
        assertThatThrownBy(() -> await(verifier.verify(token))).isSameAs(TokenVerifier.invalid());
    }

    private static <T> T await(Future<T> future) throws TimeoutException {
        return future.await(20, TimeUnit.SECONDS);
    }
}
