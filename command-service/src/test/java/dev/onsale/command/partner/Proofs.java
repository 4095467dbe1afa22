package dev.onsale.command.partner;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Checks what a partner is shown, as a partner would, by docs/partners.md and nothing of ours. */
final class Proofs {

    private Proofs() {}

    // docs/partners.md: java
    /** Whether a webhook comes from who knows the secret, and lately. */
    static boolean verifyWebhook(String secret, String header, byte[] body, long nowSeconds)
            throws GeneralSecurityException {
        String time = "";
        boolean genuine = false;
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        for (String part : header.split(",", -1)) {
            if (part.startsWith("t=")) {
                time = part.substring(2);
            } else if (part.startsWith("v1=")) {
                mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
                String expected = HexFormat.of().formatHex(mac.doFinal(body));
                genuine |= MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8),
                        part.substring(3).getBytes(StandardCharsets.UTF_8));
            }
        }
        return genuine && Math.abs(nowSeconds - Long.parseLong(time)) <= 300;
    }
    // end

    /** Whether the change was signed by one of the keys. */
    static boolean verifyChange(String jwks, String payload, String signature) {
        var ring = dev.onsale.runtime.auth.KeyRing.parse(jwks);
        String[] parts = signature.split("\\.", -1);
        String body = Base64.getUrlEncoder().withoutPadding().encodeToString(payload.getBytes(StandardCharsets.UTF_8));
        return parts.length == 3
                && parts[1].isEmpty()
                && dev.onsale.runtime.auth.CompactJws.parse(parts[0] + "." + body + "." + parts[2])
                        .flatMap(jws -> ring.find(jws.header().getString("kid")).map(key -> key.accepts(jws)))
                        .orElse(false);
    }
}
