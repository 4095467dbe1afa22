package dev.onsale.standalone.fuzz;

import dev.onsale.payment.provider.WebhookSignature;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Webhooks: forged ones about payments that there are, which may change nothing and leave no trace; and ones that are signed
 * as they should be, about payments that there are not, with anything in them.
 */
final class Webhooks {

    /** The ids of all forged webhooks begin with it. */
    static final String FORGED = "forged-";

    private static final Set<Leeway> REFUSED = EnumSet.of(Leeway.HTTP);
    private static final Set<Leeway> TAKEN = EnumSet.of(Leeway.HTTP, Leeway.OK);
    private static final List<String> TYPES = List.of(
            "payment_intent.succeeded",
            "payment_intent.canceled",
            "charge.refunded",
            "refund.failed",
            "charge.dispute.created",
            "payment.captured",
            "payment.x",
            "customer.created");
    private static final List<Object> VALUES = List.of(
            "",
            "nul\0",
            "a".repeat(300),
            0,
            -1,
            Long.MAX_VALUE,
            1.5,
            1e300,
            true,
            new JsonArray(),
            new JsonObject(),
            "EUR",
            "captured");

    private final Scene scene;

    Webhooks(Scene scene) {
        this.scene = scene;
    }

    Input draw(SplittableRandom random) {
        Scene.Hook hook = scene.webhooks().get(random.nextInt(scene.webhooks().size()));
        return switch (random.nextInt(5)) {
            case 0, 1 -> forged(random, hook);
            case 2, 3 -> signed(random, hook);
            default -> elsewhere(random, hook);
        };
    }

    private Input forged(SplittableRandom random, Scene.Hook hook) {
        List<String> known = scene.id("payment_id");
        byte[] body = bytes(body(random, hook, FORGED, known.get(random.nextInt(known.size()))));
        String good = sign(hook, body, Instant.now());
        Instant now = Instant.now();
        String header = switch (random.nextInt(9)) {
            case 0 -> sign(hook, body, now.minusSeconds(301 + random.nextInt(100_000)));
            case 1 -> sign(hook, body, now.plusSeconds(330 + random.nextInt(100_000)));
            case 2 -> new WebhookSignature(List.of("guessed"), Duration.ofMinutes(5)).sign(body, now);
            case 3 -> good.replace("v1=", "v0=");
            case 4 -> good.replaceFirst("t=[0-9]+", "t=" + random.nextLong());
            case 5 -> sign(hook, Bytes.join(body, new byte[] {' '}), now);
            case 6 -> "t=" + now.getEpochSecond() + ",v1=" + "0".repeat(64);
            case 7 -> Nasty.text(random).replaceAll("[\r\n\0]|[^\\x20-\\x7e]", "");
            default -> good.substring(0, random.nextInt(good.length()));
        };
        return post("webhooks/forged", hook, "/webhooks/" + hook.provider(), header, body, REFUSED);
    }

    private Input signed(SplittableRandom random, Scene.Hook hook) {
        JsonObject content = body(random, hook, "signed-", Words.uuid(random).toString());
        for (int i = random.nextInt(3); i > 0; i--) {
            change(random, content);
        }
        byte[] body = bytes(content);
        if (random.nextInt(3) == 0) {
            body = Bytes.mutate(random, body);
        }
        return post(
                "webhooks/signed", hook, "/webhooks/" + hook.provider(), sign(hook, body, Instant.now()), body, TAKEN);
    }

    private Input elsewhere(SplittableRandom random, Scene.Hook hook) {
        byte[] body = bytes(body(random, hook, FORGED, Words.uuid(random).toString()));
        String path = switch (random.nextInt(5)) {
            case 0 -> "/webhooks/nobody";
            case 1 -> "/webhooks/" + hook.provider() + "/";
            case 2 -> "/webhooks/../webhooks/" + hook.provider();
            case 3 -> "/";
            default -> "/webhooks/" + Words.letters(random, random.nextInt(3_000));
        };
        return post("webhooks/elsewhere", hook, path, sign(hook, body, Instant.now()), body, REFUSED);
    }

    private static Input post(
            String kind, Scene.Hook hook, String path, String signature, byte[] body, Set<Leeway> leeway) {
        String head = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n" + hook.header() + ": "
                + signature + "\r\nContent-Length: " + body.length + "\r\n\r\n";
        return new Input.Web(
                kind, hook.port(), Bytes.join(head.getBytes(StandardCharsets.ISO_8859_1), body), true, leeway);
    }

    private static String sign(Scene.Hook hook, byte[] body, Instant when) {
        return new WebhookSignature(List.of(hook.secret()), Duration.ofMinutes(5)).sign(body, when);
    }

    private static byte[] bytes(JsonObject body) {
        return body.encode().getBytes(StandardCharsets.UTF_8);
    }

    private static void change(SplittableRandom random, JsonObject object) {
        List<String> names = object.fieldNames().stream().sorted().toList();
        if (names.isEmpty()) {
            return;
        }
        String name = names.get(random.nextInt(names.size()));
        if (object.getValue(name) instanceof JsonObject nested && random.nextInt(4) > 0) {
            change(random, nested);
        } else if (random.nextInt(5) == 0) {
            object.remove(name);
        } else {
            object.put(name, VALUES.get(random.nextInt(VALUES.size())));
        }
    }

    private static JsonObject body(SplittableRandom random, Scene.Hook hook, String prefix, String payment) {
        JsonObject data = hook.provider().equals("stripe") ? intent(random, payment) : order(random, payment);
        return new JsonObject()
                .put("id", prefix + Words.letters(random, 20))
                .put("type", TYPES.get(random.nextInt(TYPES.size())))
                .put("data", data);
    }

    private static JsonObject order(SplittableRandom random, String payment) {
        return new JsonObject()
                .put("payment", payment)
                .put(
                        "standing",
                        List.of("authorized", "captured", "voided", "declined").get(random.nextInt(4)))
                .put("amount", 2_500)
                .put("currency", "EUR")
                .put("captured", random.nextInt(2) * 2_500)
                .put("refunded", random.nextInt(2) * 2_500)
                .put("reference", "sim_x")
                .put("decline_code", "");
    }

    private static JsonObject intent(SplittableRandom random, String payment) {
        return new JsonObject()
                .put(
                        "object",
                        new JsonObject()
                                .put("id", "pi_" + Words.letters(random, 10))
                                .put("metadata", new JsonObject().put("onsale_payment", payment))
                                .put(
                                        "status",
                                        List.of("succeeded", "canceled", "requires_capture")
                                                .get(random.nextInt(3)))
                                .put("amount", 2_500)
                                .put("currency", "eur")
                                .put("amount_received", 2_500)
                                .put("captured", random.nextBoolean())
                                .put("amount_captured", 2_500)
                                .put("amount_refunded", 0)
                                .put("payment_intent", "pi_x"));
    }
}
