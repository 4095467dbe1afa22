package dev.onsale.payment.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.onsale.payment.provider.WebhookNews;
import dev.onsale.payment.provider.WebhookSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what a webhook is worth: nothing without a good signature over the very bytes that came. */
final class WebhookDesk {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookDesk.class);
    private static final JsonFactory STRICT = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final InboxStore inbox;
    private final MeterRegistry meters;
    private final Clock clock;

    WebhookDesk(InboxStore inbox, MeterRegistry meters, Clock clock) {
        this.inbox = inbox;
        this.meters = meters;
        this.clock = clock;
    }

    /** The HTTP status for a webhook; a future that fails: try again later. */
    Future<Integer> take(WebhookSource source, @Nullable String signature, Buffer body) {
        byte[] bytes = body.getBytes();
        if (signature == null || !source.signature().proves(signature, bytes, clock.instant())) {
            return refused(source, "forged");
        }
        WebhookNews news;
        try {
            news = source.read().apply(parse(bytes));
        } catch (RuntimeException | IOException unreadable) {
            return refused(source, "unreadable");
        }
        return switch (news) {
            case WebhookNews.Other other -> count(source, "ignored").map(200);
            case WebhookNews.Alarm alarm -> raise(source, alarm).map(200);
            case WebhookNews.Seen seen ->
                inbox.take(source.provider(), seen, hash(bytes))
                        .onSuccess(result -> note(source, seen, result))
                        .onFailure(away -> count(source, "failed"))
                        .map(200);
        };
    }

    private Future<Integer> refused(WebhookSource source, String why) {
        return count(source, why).map(400);
    }

    private Future<String> raise(WebhookSource source, WebhookNews.Alarm alarm) {
        LOG.atWarn()
                .addKeyValue("provider", source.provider())
                .addKeyValue("type", alarm.type())
                .addKeyValue("about", alarm.about())
                .log("Somebody must look at this at the provider");
        return count(source, "alarm");
    }

    private void note(WebhookSource source, WebhookNews.Seen seen, String result) {
        count(source, result);
        if (result.equals("unknown_payment") || result.equals("mismatch") || result.equals("id_reused")) {
            LOG.atWarn()
                    .addKeyValue("provider", source.provider())
                    .addKeyValue("webhookId", seen.id())
                    .addKeyValue("paymentId", seen.payment())
                    .addKeyValue("reason", result)
                    .log("A webhook that does not fit what we know");
        }
    }

    private Future<String> count(WebhookSource source, String result) {
        meters.counter("onsale.payment.webhooks", "provider", source.provider(), "result", result)
                .increment();
        return Future.succeededFuture(result);
    }

    /** A name twice in one object means something else to every reader, and a NUL can't be stored, now or later: refused. */
    private static JsonObject parse(byte[] body) throws IOException {
        try (JsonParser parser = STRICT.createParser(body)) {
            while (parser.nextToken() != null) {
                if (parser.hasToken(JsonToken.VALUE_STRING) && parser.getText().indexOf('\0') >= 0) {
                    throw new IOException("NUL");
                }
            }
        }
        return new JsonObject(Buffer.buffer(body));
    }

    private static String hash(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
