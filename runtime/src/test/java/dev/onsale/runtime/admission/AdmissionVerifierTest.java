package dev.onsale.runtime.admission;

import static dev.onsale.runtime.Awaited.await;
import static dev.onsale.runtime.Awaited.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetKeyPair;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.auth.AuthConfig;
import dev.onsale.runtime.auth.SigningKey;
import dev.onsale.runtime.auth.TokenVerifier;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Forged, borrowed, spent and mixed-up admissions: none gets in, and a forger learns nothing. */
class AdmissionVerifierTest {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final UUID EVENT = UUID.randomUUID();
    private static final String METHOD = "onsale.inventory.v1.HoldService/CreateHold";

    @TempDir
    static Path folder;

    private static Vertx vertx;
    private static SigningKey key;
    private static SigningKey es256;
    private static AdmissionVerifier verifier;

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.vertx();
        key = SigningKey.generateEd25519();
        es256 = SigningKey.generate();
        verifier = AdmissionVerifier.create(vertx, config(folder.resolve("jwks.json"), key, es256));
    }

    @AfterAll
    static void stop() {
        await(vertx.close());
    }

    private static AdmissionConfig config(Path file, SigningKey... keys) throws Exception {
        var set = new JsonArray();
        Stream.of(keys).map(SigningKey::publicJwk).forEach(set::add);
        Files.writeString(file, new JsonObject().put("keys", set).encode());
        return AdmissionConfig.from(Config.of(Map.of("admission.jwks-file", file.toString())));
    }

    private static JsonObject claims() {
        return new Admission("ada", EVENT, "e17", 2, Instant.now().plusSeconds(600), Optional.empty())
                .toClaims(Instant.now(), "t1");
    }

    private static JsonObject with(String name, @Nullable Object value) {
        return claims().put(name, value);
    }

    private static JsonObject header() {
        return new JsonObject().put("kid", key.id()).put("typ", "admission+jwt");
    }

    private static String good() {
        return key.sign(header(), claims());
    }

    private static Presented shown(@Nullable String token) {
        return shown(token, null);
    }

    private static Presented shown(@Nullable String token, @Nullable String proof) {
        return new Presented(token, proof, "ada", EVENT, METHOD);
    }

    private static String raw(String header, String claims) throws Exception {
        return raw(header, claims, bytes -> bytes);
    }

    /** Signed as it stands, whatever it says. */
    private static String raw(String header, String claims, UnaryOperator<byte[]> change) throws Exception {
        var head = BASE64.encodeToString(header.getBytes(StandardCharsets.UTF_8)) + "."
                + BASE64.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        var signer = java.security.Signature.getInstance("Ed25519");
        signer.initSign(privateKey());
        signer.update(head.getBytes(StandardCharsets.US_ASCII));
        return head + "." + BASE64.encodeToString(change.apply(signer.sign()));
    }

    private static java.security.PrivateKey privateKey() throws Exception {
        var prefix = java.util.HexFormat.of().parseHex("302e020100300506032b657004220420");
        var raw = OctetKeyPair.parse(key.secret()).getDecodedD();
        var encoded = java.util.Arrays.copyOf(prefix, prefix.length + raw.length);
        System.arraycopy(raw, 0, encoded, prefix.length, raw.length);
        return java.security.KeyFactory.getInstance("Ed25519")
                .generatePrivate(new java.security.spec.PKCS8EncodedKeySpec(encoded));
    }

    private static String hmac(byte[] secret) throws Exception {
        var head = header().put("alg", "HS256").encode();
        var signed = BASE64.encodeToString(head.getBytes(StandardCharsets.UTF_8)) + "."
                + BASE64.encodeToString(claims().encode().getBytes(StandardCharsets.UTF_8));
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return signed + "." + BASE64.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private static Arguments bad(String name, String token) {
        return Arguments.of(name, token);
    }

    static Stream<Arguments> forged() throws Exception {
        var good = good();
        var unsigned = good.substring(0, good.lastIndexOf('.'));
        var head = header().put("alg", "EdDSA");
        var spare = claims().encode();
        return Stream.of(
                bad("empty", ""),
                bad("no dots", "abc"),
                bad("unsigned", unsigned + "."),
                bad("trailing bytes", good + "AAAA"),
                bad("trailing newline", good + "\n"),
                bad("four parts", good + ".x"),
                bad("1 MB", "a".repeat(1_000_000)),
                bad("of another key", SigningKey.generateEd25519().sign(header(), claims())),
                bad("duplicate claims", raw(head.encode(), spare.replace("{", "{\"sub\":\"bob\","))),
                bad("duplicate alg", raw(head.encode().replace("{", "{\"alg\":\"none\","), spare)),
                bad("a bit of the signature", raw(head.encode(), spare, AdmissionVerifierTest::flip)),
                bad("alg none", raw(header().put("alg", "none").encode(), spare)),
                bad("alg eddsa", raw(header().put("alg", "eddsa").encode(), spare)),
                bad(
                        "HS256 with the public key",
                        hmac(OctetKeyPair.parse(key.secret()).getDecodedX())),
                bad("HS256 with the JWK", hmac(key.jwks().getBytes(StandardCharsets.UTF_8))),
                bad("ES256 by its own key", es256.sign(header().put("kid", es256.id()), claims())),
                bad("ES256 in the name of the Edwards key", es256.sign(header(), claims())),
                bad("unknown kid", key.sign(header().put("kid", "nobody"), claims())),
                bad("kid with a path", key.sign(header().put("kid", "../../jwks.json"), claims())),
                bad("no kid", key.sign(new JsonObject().put("typ", "admission+jwt"), claims())),
                bad("jku", key.sign(header().put("jku", "https://evil.example/jwks"), claims())),
                bad("jwk", key.sign(header().put("jwk", key.publicJwk()), claims())),
                bad("crit", key.sign(header().put("crit", new JsonArray().add("x")), claims())),
                bad("typ of an access token", key.sign(header().put("typ", "JWT"), claims())),
                bad("typ of a proof", key.sign(header().put("typ", "admission-proof+jwt"), claims())));
    }

    private static byte[] flip(byte[] signature) {
        signature[0] ^= 1;
        return signature;
    }

    static Stream<Arguments> untrue() {
        var future = Instant.now().getEpochSecond() + 120;
        return Stream.of(
                bad("another account", signed(with("sub", "bob"))),
                bad("another event", signed(with("evt", UUID.randomUUID().toString()))),
                bad("event in other words", signed(with("evt", "1-1-1-1-1"))),
                bad("no event", signed(with("evt", null))),
                bad("another issuer", signed(with("iss", "https://issuer.onsale.local"))),
                bad("another audience", signed(with("aud", "onsale"))),
                bad("no session", signed(with("sid", null))),
                bad("session with braces", signed(with("sid", "{s1}"))),
                bad("epoch as text", signed(with("ep", "2"))),
                bad("epoch 0", signed(with("ep", 0))),
                bad("no exp", signed(with("exp", null))),
                bad("exp as text", signed(with("exp", Long.toString(future)))),
                bad("exp 1e18", signed(with("exp", 1_000_000_000_000_000_000L))),
                bad("nbf in the future", signed(with("nbf", future))),
                bad("iat in the future", signed(with("iat", future))),
                bad("expired, and another's", signed(with("exp", future - 600).put("sub", "bob"))),
                bad("bound to nothing", signed(with("cnf", new JsonObject()))),
                bad("bound to a text", signed(with("cnf", "any"))));
    }

    private static String signed(JsonObject claims) {
        return key.sign(header(), claims);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"forged", "untrue"})
    void refusesInTheSameWords(String name, String token) {
        var refusal = (Refusal) failure(verifier.verify(shown(token)));

        assertThat(refusal.reason()).isEqualTo(ErrorReason.ERROR_REASON_ADMISSION_REQUIRED);
        assertThat(refusal.getMessage())
                .isEqualTo(AdmissionFault.INVALID.refusal().getMessage());
    }

    @Test
    void letsTheRightfulAccountIn() {
        var admission = await(verifier.verify(shown(good())));

        assertThat(admission.session()).isEqualTo("e17");
        assertThat(admission.epoch()).isEqualTo(2);
    }

    @Test
    void tellsTheRightfulAccountWhatIsWrong() {
        var ended = signed(with("exp", Instant.now().getEpochSecond() - 60));

        assertThat(cause(shown(null))).contains(AdmissionFault.MISSING);
        assertThat(cause(shown(ended))).contains(AdmissionFault.EXPIRED);
    }

    @Test
    void forgetsARememberedAdmissionWhenItEnds() {
        var token = signed(with("exp", Instant.now().getEpochSecond() - 3));
        assertThat(await(verifier.verify(shown(token))).account()).isEqualTo("ada"); // Clocks may differ a little.

        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(cause(shown(token))).contains(AdmissionFault.EXPIRED));
    }

    @Test
    void keepsAccessTokensAndAdmissionsApart() throws Exception {
        var config =
                Config.of(Map.of("auth.jwks-file", folder.resolve("jwks.json").toString()));
        var access = TokenVerifier.create(vertx, AuthConfig.from(config));
        var accessClaims = new JsonObject()
                .put("iss", AuthConfig.LOCAL_ISSUER)
                .put("aud", AuthConfig.AUDIENCE)
                .put("sub", "ada")
                .put("exp", Instant.now().getEpochSecond() + 600);
        var accessToken = key.sign("JWT", accessClaims);

        assertThat(await(access.verify(accessToken)).account()).isEqualTo("ada");
        assertThat(cause(shown(accessToken))).contains(AdmissionFault.INVALID);
        assertThat(((Refusal) failure(access.verify(good()))).reason())
                .isEqualTo(ErrorReason.ERROR_REASON_TOKEN_INVALID);
    }

    @Test
    void saysUnavailableWithoutKeys() {
        var none = AdmissionVerifier.create(vertx, AdmissionConfig.from(Config.of(Map.of())));

        assertThat(((Refusal) failure(none.verify(shown(good())))).reason())
                .isEqualTo(ErrorReason.ERROR_REASON_DEPENDENCY_UNAVAILABLE);
    }

    private static Optional<AdmissionFault> cause(Presented presented) {
        return AdmissionFault.of((Refusal) failure(verifier.verify(presented)));
    }

    @Test
    void asksABoundDeviceForAProofOfEachCall() throws Exception {
        for (var device :
                new DeviceKey[] {new DeviceKey(SigningKey.generateEd25519()), new DeviceKey(SigningKey.generate())}) {
            var token = bound(device);
            var proof = device.proof(token, METHOD);

            assertThat(await(verifier.verify(shown(token, proof))).account()).isEqualTo("ada");
            assertThat(cause(shown(token, proof))).contains(AdmissionFault.PROOF); // Once.
            assertThat(await(verifier.verify(shown(token, device.proof(token, METHOD))))
                            .account())
                    .isEqualTo("ada");
        }
    }

    private static String bound(DeviceKey device) throws Exception {
        var thumbprint = device.key().id();
        assertThat(thumbprint)
                .isEqualTo(com.nimbusds
                        .jose
                        .jwk
                        .JWK
                        .parse(device.key().publicJwk().encode())
                        .computeThumbprint()
                        .toString());
        return signed(with("cnf", new JsonObject().put("jkt", thumbprint)));
    }

    @Test
    void refusesEveryOtherProof() throws Exception {
        var device = new DeviceKey(SigningKey.generate());
        var other = new DeviceKey(SigningKey.generate());
        var token = bound(device);
        long now = Instant.now().getEpochSecond();
        var symmetric = new JsonObject().put("kty", "oct").put("k", "AAAA");
        var secret = new JsonObject(ECKey.parse(device.key().secret()).toJSONString());

        for (var proof : new String[] {
            "",
            "x.y.z",
            other.proof(token, METHOD),
            other.key().sign(device.header(), device.claims(token, METHOD)),
            device.proof(token, "onsale.inventory.v1.HoldService/GetHold"),
            device.proof(good(), METHOD),
            device.key().sign(device.header(), device.claims(token, METHOD).put("iat", now - 61)),
            device.key().sign(device.header(), device.claims(token, METHOD).put("iat", now + 30)),
            device.key().sign(device.header(), device.claims(token, METHOD).putNull("iat")),
            device.key().sign(device.header(), device.claims(token, METHOD).putNull("jti")),
            device.key().sign(device.header(), device.claims(token, METHOD).put("jti", "j".repeat(65))),
            device.key().sign(device.header().put("typ", "JWT"), device.claims(token, METHOD)),
            device.key().sign(device.header().put("jwk", symmetric), device.claims(token, METHOD)),
            device.key().sign(device.header().put("jwk", secret), device.claims(token, METHOD)),
            device.key().sign(device.header().put("jwk", "text"), device.claims(token, METHOD)),
            device.key().sign(device.header().put("crit", new JsonArray()), device.claims(token, METHOD)),
            token
        }) {
            assertThat(cause(shown(token, proof))).as(proof).contains(AdmissionFault.PROOF);
        }
        assertThat(cause(shown(token))).contains(AdmissionFault.PROOF);
    }
}
