package dev.onsale.waitingroom.challenge;

import com.google.common.hash.Hashing;
import dev.onsale.proto.waitingroom.v1.ChallengeKind;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/**
 * A proof of work as ALTCHA's widget and libraries solve it (SHA-256, version 1 of the protocol): find the number whose
 * hash, after the salt, is the challenge. Nothing is stored: the salt names event, account and end, the challenge covers
 * the salt, the signature covers the challenge. The same account may send its solution again, and gets the same place.
 *
 * <p>The salt ends with {@code &}, so there is one way only to part salt and number: digits of the number can't be made to
 * look like a later end.
 */
final class ProofOfWork implements Challenges {

    private static final String ALGORITHM = "SHA-256";
    private static final int NONCE_BYTES = 12;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final HexFormat HEX = HexFormat.of();

    private final PowConfig config;
    private final String purpose;
    private final Clock clock;
    private final ChallengeMeters meters;

    /**
     * Makes and checks proofs of work.
     *
     * @param purpose is part of the key: what is solved for one purpose is worth nothing for another
     */
    ProofOfWork(PowConfig config, String purpose, Clock clock, ChallengeMeters meters) {
        this.config = config;
        this.purpose = purpose;
        this.clock = clock;
        this.meters = meters;
    }

    @Override
    public Challenge make(Visitor visitor) {
        var expires = clock.instant().plus(config.expires()).truncatedTo(ChronoUnit.SECONDS);
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        String salt = HEX.formatHex(nonce) + boundTo(visitor) + expires.getEpochSecond() + "&";
        String challenge = sha256(salt + RANDOM.nextInt(config.maxNumber() + 1));
        var altcha = new JsonObject()
                .put("algorithm", ALGORITHM)
                .put("challenge", challenge)
                .put("maxnumber", config.maxNumber())
                .put("salt", salt)
                .put("signature", signature(visitor, challenge));
        return new Challenge(ChallengeKind.CHALLENGE_KIND_PROOF_OF_WORK, altcha.encode(), "", "", expires);
    }

    @Override
    public Future<Void> verify(Visitor visitor, String solution) {
        boolean solved = AltchaPayload.parse(solution)
                .filter(payload -> rightfulSalt(visitor, payload.salt()))
                .filter(payload -> solves(visitor, payload))
                .isPresent();
        meters.checked(purpose, solved ? "passed" : "failed");
        return solved ? Future.succeededFuture() : ChallengeRefusals.failed().future();
    }

    private static String boundTo(Visitor visitor) {
        return "?event=" + visitor.event() + "&account=" + HEX.toHexDigits(visitor.fingerprint()) + "&expires=";
    }

    /** Whether the salt is this visitor's, and has not ended. Whether it is ours, the signature tells. */
    private boolean rightfulSalt(Visitor visitor, String salt) {
        String bound = boundTo(visitor);
        int from = 2 * NONCE_BYTES;
        int end = from + bound.length();
        if (!salt.startsWith(bound, from) || !salt.endsWith("&")) {
            return false;
        }
        try {
            long expires = Long.parseLong(salt, end, salt.length() - 1, 10);
            return clock.instant().getEpochSecond() < expires;
        } catch (NumberFormatException | IndexOutOfBoundsException altered) {
            return false;
        }
    }

    private boolean solves(Visitor visitor, AltchaPayload payload) {
        return payload.algorithm().equals(ALGORITHM)
                && same(signature(visitor, payload.challenge()), payload.signature())
                && same(sha256(payload.salt() + payload.number()), payload.challenge());
    }

    private String signature(Visitor visitor, String challenge) {
        byte[] key = Hashing.hmacSha256(visitor.roomSecret())
                .hashString("onsale-" + purpose + "-v1", StandardCharsets.UTF_8)
                .asBytes();
        return Hashing.hmacSha256(key)
                .hashString(challenge, StandardCharsets.UTF_8)
                .toString();
    }

    private static String sha256(String text) {
        return Hashing.sha256().hashString(text, StandardCharsets.UTF_8).toString();
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
