package dev.onsale.standalone.fuzz;

import dev.onsale.runtime.auth.AuthConfig;
import dev.onsale.runtime.auth.SigningKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Access tokens that nobody may believe, some of them signed by the issuer itself. */
final class Jwts {

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
    private static final List<String> ALGORITHMS =
            List.of("none", "None", "nOnE", "", "HS256", "HS512", "RS256", "PS256", "ES384", "EdDSA", "ES256K");
    private static final List<Object> KIDS = List.of(
            "", "../../etc/passwd", "' OR 1=1 --", "http://127.0.0.1:1/x", "a".repeat(200), 7, true, new JsonArray());
    private static final List<Object> TIMES = List.of(
            0,
            -1,
            1,
            1_000_000_000_000_000_000L,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            "4102444800",
            4_102_444_800.5,
            1e18,
            true,
            new JsonObject(),
            new JsonArray());
    private static final List<Object> TEXTS = List.of(
            "", 7, true, new JsonArray(), new JsonObject(), "a".repeat(300), "nul\0", "line\nbreak", "{s17}", "\u202e");

    private final SigningKey issuer;
    private final String jwks;

    Jwts(SigningKey issuer, String jwks) {
        this.issuer = issuer;
        this.jwks = jwks;
    }

    private static JsonObject claims() {
        long now = Instant.now().getEpochSecond();
        return new JsonObject()
                .put("iss", AuthConfig.LOCAL_ISSUER)
                .put("aud", AuthConfig.AUDIENCE)
                .put("sub", Scene.OWNER)
                .put("roles", new JsonArray().add("fan"))
                .put("iat", now)
                .put("exp", now + 3_600);
    }

    /** One that must be refused. */
    String bad(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> Texts.change(random, issuer.sign("JWT", claims()));
            case 1 -> otherAlgorithm(random);
            case 2 -> otherHeader(random);
            case 3 -> otherSignature(random);
            default -> otherClaims(random);
        };
    }

    private String otherAlgorithm(SplittableRandom random) {
        String algorithm = ALGORITHMS.get(random.nextInt(ALGORITHMS.size()));
        JsonObject header =
                new JsonObject().put("alg", algorithm).put("kid", issuer.id()).put("typ", "JWT");
        String signed = part(header) + "." + part(claims());
        return switch (random.nextInt(3)) {
            case 0 -> signed + ".";
            case 1 -> signed + "." + BASE64URL.encodeToString(Bytes.noise(random, 64));
            default -> signed + "." + hmac(algorithm.endsWith("512") ? "HmacSHA512" : "HmacSHA256", signed);
        };
    }

    private String otherHeader(SplittableRandom random) {
        JsonObject header = new JsonObject().put("kid", issuer.id()).put("typ", "JWT");
        switch (random.nextInt(6)) {
            case 0 -> header.put("kid", KIDS.get(random.nextInt(KIDS.size())));
            case 1 -> header.remove("kid");
            case 2 ->
                header.put("typ", List.of("admission+jwt", "ticket", "", "JOSE").get(random.nextInt(4)));
            case 3 -> header.remove("typ");
            case 4 ->
                header.put(
                        List.of("jku", "x5u", "crit", "b64", "zip", "x5c").get(random.nextInt(6)),
                        "http://127.0.0.1:1/keys");
            default -> header.put("jwk", issuer.publicJwk());
        }
        return issuer.sign(header, claims());
    }

    private String otherSignature(SplittableRandom random) {
        String good = issuer.sign("JWT", claims());
        String signed = good.substring(0, good.lastIndexOf('.'));
        return switch (random.nextInt(4)) {
            case 0 -> signed + "." + BASE64URL.encodeToString(new byte[64]); // r = s = 0
            case 1 -> signed + "." + BASE64URL.encodeToString(Bytes.noise(random, random.nextInt(200)));
            case 2 -> SigningKey.generate().sign("JWT", claims());
            default -> signed;
        };
    }

    private String otherClaims(SplittableRandom random) {
        JsonObject claims = claims();
        switch (random.nextInt(7)) {
            case 0 -> claims.put("exp", TIMES.get(random.nextInt(TIMES.size())));
            case 1 -> claims.remove("exp");
            case 2 -> claims.put("nbf", TIMES.get(4 + random.nextInt(TIMES.size() - 4)));
            case 3 -> claims.put("sub", TEXTS.get(random.nextInt(TEXTS.size())));
            case 4 -> claims.put("iss", TEXTS.get(random.nextInt(TEXTS.size())));
            case 5 -> claims.put("aud", TEXTS.get(random.nextInt(TEXTS.size())));
            default ->
                claims.put(
                        "roles",
                        List.of("fan", 7, new JsonObject(), new JsonArray().add(7))
                                .get(random.nextInt(4)));
        }
        if (random.nextInt(10) == 0) {
            claims.put("more", "a".repeat(random.nextInt(9_000)));
        }
        return issuer.sign("JWT", claims);
    }

    private static String part(JsonObject part) {
        return BASE64URL.encodeToString(part.encode().getBytes(StandardCharsets.UTF_8));
    }

    /** Keyed with what everybody can read. */
    private String hmac(String algorithm, String signed) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(jwks.getBytes(StandardCharsets.UTF_8), algorithm));
            return BASE64URL.encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
