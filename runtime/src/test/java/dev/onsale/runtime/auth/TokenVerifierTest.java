package dev.onsale.runtime.auth;

import static dev.onsale.runtime.Awaited.await;
import static dev.onsale.runtime.Awaited.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Forged, broken and stolen tokens: all refused in the same words. */
@ExtendWith(VertxExtension.class)
class TokenVerifierTest {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    @TempDir
    static Path folder;

    private static Vertx vertx;
    private static SigningKey key;
    private static RSAKey rsa;
    private static TokenVerifier verifier;
    private static java.security.KeyPair edwards;

    @BeforeAll
    static void start(Vertx own) throws Exception {
        vertx = own;
        key = SigningKey.generate();
        rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
        edwards = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var keys = new JsonObject(key.jwks());
        keys.getJsonArray("keys").add(new JsonObject(rsa.toPublicJWK().toJSONString()));
        keys.getJsonArray("keys").add(edwardsJwk());
        var file = folder.resolve("jwks.json");
        Files.writeString(file, keys.encode());
        verifier = TokenVerifier.create(vertx, config(file));
    }

    private static AuthConfig config(Path jwks) {
        return new AuthConfig(
                "https://issuer.example", "onsale", Optional.empty(), Optional.of(jwks), Duration.ofSeconds(30), 100);
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    private static JsonObject edwardsJwk() {
        var encoded = edwards.getPublic().getEncoded();
        var raw = java.util.Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        return new JsonObject()
                .put("kty", "OKP")
                .put("crv", "Ed25519")
                .put("kid", "ed")
                .put("x", BASE64.encodeToString(raw));
    }

    private static JsonObject claims() {
        return new JsonObject()
                .put("iss", "https://issuer.example")
                .put("aud", "onsale")
                .put("sub", "fan|42@example.com")
                .put("roles", new JsonArray().add("fan").add("astronaut"))
                .put("exp", now() + 600);
    }

    private static JsonObject header() {
        return new JsonObject().put("alg", "ES256").put("kid", key.id()).put("typ", "JWT");
    }

    private static String encode(String text) {
        return BASE64.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String signed(JsonObject header, String claims) throws Exception {
        return signed(header.encode(), claims);
    }

    private static String signed(String header, String claims) throws Exception {
        var head = encode(header) + "." + encode(claims);
        var signer = Signature.getInstance("SHA256withECDSAinP1363Format");
        signer.initSign(ECKey.parse(key.secret()).toECPrivateKey());
        signer.update(head.getBytes(StandardCharsets.US_ASCII));
        return head + "." + BASE64.encodeToString(signer.sign());
    }

    private static String good() throws Exception {
        return signed(header(), claims().encode());
    }

    private static Arguments bad(String name, String token) {
        return Arguments.of(name, token);
    }

    static Stream<Arguments> badShapes() throws Exception {
        var good = good();
        var signature = good.substring(good.lastIndexOf('.') + 1);
        var unsigned = good.substring(0, good.lastIndexOf('.'));
        return Stream.of(
                bad("empty", ""),
                bad("one dot", unsigned),
                bad("no dots", "abc"),
                bad("only dots", ".."),
                bad("four parts", good + ".x"),
                bad("no signature", unsigned + "."),
                bad("trailing bytes", good + "AAAA"),
                bad("trailing newline", good + "\n"),
                bad("padding", unsigned + "." + signature + "=="),
                bad("standard base64", good.replace('-', '+').replace('_', '/') + "+"),
                bad("1 MB", "a".repeat(1_000_000)),
                bad("no JSON", signed("hello", claims().encode())),
                bad("array as header", signed("[]", claims().encode())),
                bad("duplicate claims", signed(header(), claims().encode().replace("{", "{\"sub\":\"admin\","))),
                bad("duplicate alg", signed(header().encode().replace("{", "{\"alg\":\"none\","), claims().encode())),
                bad("something after the claims", signed(header(), claims().encode() + "{}")),
                bad(
                        "not UTF-8",
                        unsigned.substring(0, unsigned.indexOf('.')) + "." + BASE64.encodeToString(new byte[] {-1, -2})
                                + "." + signature));
    }

    static Stream<Arguments> badHeaders() throws Exception {
        var claims = claims().encode();
        return Stream.of(
                bad("alg none", encode("{\"alg\":\"none\",\"typ\":\"JWT\"}") + "." + encode(claims) + "."),
                bad("alg none with kid", signed(header().put("alg", "none"), claims)),
                bad("alg nOnE", signed(header().put("alg", "nOnE"), claims)),
                bad("alg es256", signed(header().put("alg", "es256"), claims)),
                bad("alg ES384", signed(header().put("alg", "ES384"), claims)),
                bad("alg of another key", signed(header().put("alg", "RS256"), claims)),
                bad("alg number", signed(header().put("alg", 1), claims)),
                bad("no alg", signed(header().putNull("alg"), claims)),
                bad("unknown kid", signed(header().put("kid", "nobody"), claims)),
                bad("kid of another key", signed(header().put("kid", "rsa"), claims)),
                bad("kid with a path", signed(header().put("kid", "../../etc/passwd"), claims)),
                bad("kid with SQL", signed(header().put("kid", "' OR 1=1 --"), claims)),
                bad("no kid", signed(header().putNull("kid"), claims)),
                bad("jku", signed(header().put("jku", "https://evil.example/jwks"), claims)),
                bad("x5u", signed(header().put("x5u", "https://evil.example/cert"), claims)),
                bad(
                        "jwk",
                        signed(
                                header().put(
                                                "jwk",
                                                new JsonObject(
                                                        SigningKey.generate().jwks())),
                                claims)),
                bad("crit", signed(header().put("crit", new JsonArray().add("x")), claims)),
                bad("queue token", signed(header().put("typ", "admission+jwt"), claims)),
                bad("no typ", signed(header().putNull("typ"), claims)),
                bad(
                        "HS256 with the EC key as secret",
                        hmac(ECKey.parse(key.secret()).toECPublicKey().getEncoded(), key.id())),
                bad(
                        "HS256 with the RSA key as secret",
                        hmac(rsa.toRSAPublicKey().getEncoded(), "rsa")),
                bad("HS256 with the JWK as secret", hmac(key.jwks().getBytes(StandardCharsets.UTF_8), key.id())));
    }

    static Stream<Arguments> badClaims() throws Exception {
        return Stream.of(
                bad("no exp", signed(header(), without("exp"))),
                bad("expired", signed(header(), claims().put("exp", now() - 31).encode())),
                bad(
                        "exp text",
                        signed(header(), claims().put("exp", "" + (now() + 600)).encode())),
                bad("exp negative", signed(header(), claims().put("exp", -1).encode())),
                bad("exp 1e18", signed(header(), claims().put("exp", 0).encode().replace("\"exp\":0", "\"exp\":1e18"))),
                bad(
                        "exp 10^18",
                        signed(
                                header(),
                                claims().put("exp", 1_000_000_000_000_000_000L).encode())),
                bad(
                        "exp huge",
                        signed(
                                header(),
                                claims().put("exp", new BigInteger("9".repeat(40)))
                                        .encode())),
                bad(
                        "exp fraction",
                        signed(header(), claims().put("exp", now() + 600.5).encode())),
                bad("exp null", signed(header(), claims().putNull("exp").encode())),
                bad(
                        "nbf in the future",
                        signed(header(), claims().put("nbf", now() + 120).encode())),
                bad("nbf text", signed(header(), claims().put("nbf", "soon").encode())),
                bad(
                        "iat in the future",
                        signed(header(), claims().put("iat", now() + 120).encode())),
                bad(
                        "other issuer",
                        signed(
                                header(),
                                claims().put("iss", "https://evil.example").encode())),
                bad("no issuer", signed(header(), without("iss"))),
                bad(
                        "other audience",
                        signed(header(), claims().put("aud", "onsale-admission").encode())),
                bad("no audience", signed(header(), without("aud"))),
                bad(
                        "audience object",
                        signed(header(), claims().put("aud", new JsonObject()).encode())),
                bad("no account", signed(header(), without("sub"))),
                bad("empty account", signed(header(), claims().put("sub", "").encode())),
                bad(
                        "account with braces",
                        signed(header(), claims().put("sub", "{s1}:x").encode())),
                bad(
                        "account with a line",
                        signed(header(), claims().put("sub", "a\nb").encode())),
                bad(
                        "account too long",
                        signed(header(), claims().put("sub", "a".repeat(129)).encode())),
                bad("account number", signed(header(), claims().put("sub", 42).encode())),
                bad("roles text", signed(header(), claims().put("roles", "fan").encode())),
                bad(
                        "roles numbers",
                        signed(
                                header(),
                                claims().put("roles", new JsonArray().add(1)).encode())));
    }

    static Stream<Arguments> badSignatures() throws Exception {
        var good = good();
        var unsigned = good.substring(0, good.lastIndexOf('.'));
        var other = SigningKey.generate().sign("JWT", claims());
        return Stream.of(
                bad("r and s zero", unsigned + "." + BASE64.encodeToString(new byte[64])),
                bad("short", unsigned + "." + BASE64.encodeToString(new byte[63])),
                bad("of another key", unsigned + other.substring(other.lastIndexOf('.'))),
                bad(
                        "of other claims",
                        good.substring(0, good.indexOf('.')) + "."
                                + encode(claims().put("sub", "admin").encode())
                                + good.substring(good.lastIndexOf('.'))),
                bad("RS384 by the RSA key", rsa(JWSAlgorithm.RS384)),
                bad("PS256 by the RSA key", rsa(JWSAlgorithm.PS256)));
    }

    private static String without(String claim) {
        var claims = claims();
        claims.remove(claim);
        return claims.encode();
    }

    private static String hmac(byte[] secret, String kid) throws Exception {
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .keyID(kid)
                        .type(com.nimbusds.jose.JOSEObjectType.JWT)
                        .build(),
                JWTClaimsSet.parse(claims().getMap()));
        jwt.sign(new MACSigner(secret));
        return jwt.serialize();
    }

    private static String rsa(JWSAlgorithm algorithm) throws Exception {
        var jwt = new SignedJWT(
                new JWSHeader.Builder(algorithm)
                        .keyID("rsa")
                        .type(com.nimbusds.jose.JOSEObjectType.JWT)
                        .build(),
                JWTClaimsSet.parse(claims().encode()));
        jwt.sign(new RSASSASigner(rsa));
        return jwt.serialize();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"badShapes", "badHeaders", "badClaims", "badSignatures"})
    void refusesInTheSameWords(String name, String token) {
        var refusal = (Refusal) failure(verifier.verify(token));

        assertThat(refusal.reason()).isEqualTo(ErrorReason.ERROR_REASON_TOKEN_INVALID);
        assertThat(refusal.text()).isEqualTo("A valid access token is required");
        assertThat(refusal.metadata()).isEmpty();
    }

    @Test
    void believesAGoodTokenAndLeavesOutRolesItDoesNotKnow() throws Exception {
        var principal = await(verifier.verify(good()));

        assertThat(principal.account()).isEqualTo("fan|42@example.com");
        assertThat(principal.roles()).containsExactly(Role.FAN);
    }

    @Test
    void believesAllThreeKindsOfKeys() throws Exception {
        var signer = Signature.getInstance("Ed25519");
        signer.initSign(edwards.getPrivate());
        var head = encode(header().put("alg", "EdDSA").put("kid", "ed").encode()) + "." + encode(claims().encode());
        signer.update(head.getBytes(StandardCharsets.US_ASCII));

        assertThat(await(verifier.verify(rsa(JWSAlgorithm.RS256))).account()).isEqualTo("fan|42@example.com");
        assertThat(await(verifier.verify(head + "." + BASE64.encodeToString(signer.sign())))
                        .account())
                .isEqualTo("fan|42@example.com");
    }

    @Test
    void toleratesAClockThatIsALittleOff() throws Exception {
        var justEnded = signed(header(), claims().put("exp", now() - 5).encode());
        var justBegun = signed(header(), claims().put("nbf", now() + 20).encode());

        assertThat(await(verifier.verify(justEnded)).account()).isNotEmpty();
        assertThat(await(verifier.verify(justBegun)).account()).isNotEmpty();
    }

    @Test
    void forgetsARememberedTokenWhenItEnds() throws Exception {
        var token = signed(header(), claims().put("exp", now() + 1).encode());
        var clock = new MovableClock();
        var patient = TokenVerifier.create(vertx, config(folder.resolve("jwks.json")), clock);
        await(patient.verify(token));

        clock.forward(Duration.ofMinutes(2));

        assertThat(failure(patient.verify(token))).isInstanceOf(Refusal.class);
    }

    @Test
    void fetchesKeysAgainWhenATokenNamesANewOne() throws Exception {
        var file = folder.resolve("rotating.json");
        Files.writeString(file, key.jwks());
        var rotated = SigningKey.generate();
        var patient = TokenVerifier.create(vertx, config(file));
        await(patient.verify(good()));
        Files.writeString(file, rotated.jwks());

        // At once it would be too soon to ask again: made-up key ids must not flood the issuer.
        assertThat(failure(patient.verify(rotated.sign("JWT", claims())))).isInstanceOf(Refusal.class);
        Thread.sleep(5_100);

        assertThat(await(patient.verify(rotated.sign("JWT", claims()))).account())
                .isNotEmpty();
        assertThat(failure(patient.verify(good()))).isInstanceOf(Refusal.class); // Its key is retired.
    }

    @Test
    void saysUnavailableIfTheIssuerCannotBeAsked() throws Exception {
        var lonely = TokenVerifier.create(vertx, config(folder.resolve("missing.json")));

        var refusal = (Refusal) failure(lonely.verify(good()));

        assertThat(refusal.reason()).isEqualTo(ErrorReason.ERROR_REASON_DEPENDENCY_UNAVAILABLE);
    }

    @Test
    void fetchesKeysByUrl() throws Exception {
        var site = await(vertx.createHttpServer()
                .requestHandler(request -> request.response().end(key.jwks()))
                .listen(0, "127.0.0.1"));
        var url = java.net.URI.create("http://127.0.0.1:" + site.actualPort() + "/jwks.json");
        var online = TokenVerifier.create(
                vertx,
                new AuthConfig(
                        "https://issuer.example", "onsale", Optional.of(url), Optional.empty(), Duration.ZERO, 10));

        assertThat(await(online.verify(good())).account()).isNotEmpty();
    }

    @Test
    void whoeverComesWhileTheFirstKeysAreFetchedWaitsForThem() throws Exception {
        var file = folder.resolve("cold.json");
        Files.writeString(file, key.jwks());
        var token = good();
        for (int round = 0; round < 200; round++) {
            var cold = TokenVerifier.create(vertx, config(file));
            var together = new CyclicBarrier(8);
            var callers = IntStream.range(0, 8)
                    .mapToObj(caller -> CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    together.await(10, TimeUnit.SECONDS);
                                } catch (Exception e) {
                                    throw new IllegalStateException(e);
                                }
                                return cold.verify(token);
                            },
                            work -> Thread.ofPlatform().start(work)))
                    .toList();
            for (var caller : callers) {
                assertThat(await(caller.get(10, TimeUnit.SECONDS)).account()).isEqualTo("fan|42@example.com");
            }
        }
    }

    @Test
    void keepsTheEmbeddedIssuersKeyAcrossRestarts() {
        var directory = folder.resolve("issuer");
        var token = TokenIssuer.open(directory).issue("fan-1", Set.of(Role.FAN), Duration.ofMinutes(1));

        var again = TokenIssuer.open(directory);
        var local = new AuthConfig(
                AuthConfig.LOCAL_ISSUER,
                AuthConfig.AUDIENCE,
                Optional.empty(),
                Optional.of(again.jwksFile()),
                Duration.ofSeconds(30),
                10);

        assertThat(await(TokenVerifier.create(vertx, local).verify(token)).roles())
                .containsExactly(Role.FAN);
        assertThat(again.jwks()).doesNotContain("\"d\"");
    }
}
