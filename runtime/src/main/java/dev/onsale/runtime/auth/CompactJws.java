package dev.onsale.runtime.auth;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A signed token taken apart, not yet believed. Strict: three parts of canonical base64url without padding, JSON objects
 * without duplicate names or anything behind them, at most 8 KB.
 *
 * @param header the protected header
 * @param claims the payload
 * @param signed the bytes the signature covers
 * @param signature the raw signature
 */
public record CompactJws(JsonObject header, JsonObject claims, Buffer signed, Buffer signature) {

    /** A longer token is refused unread. */
    public static final int MAX_LENGTH = 8 * 1024;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Takes a token apart; empty if it isn't one. */
    public static Optional<CompactJws> parse(String token) {
        int first = token.indexOf('.');
        int second = token.indexOf('.', first + 1);
        if (token.length() > MAX_LENGTH || first <= 0 || second < 0 || token.indexOf('.', second + 1) >= 0) {
            return Optional.empty();
        }
        try {
            var header = object(token.substring(0, first));
            var claims = object(token.substring(first + 1, second));
            var signed = Buffer.buffer(token.substring(0, second));
            var signature = Buffer.buffer(bytes(token.substring(second + 1)));
            return Optional.of(new CompactJws(header, claims, signed, signature));
        } catch (IllegalArgumentException | DecodeException | IOException malformed) {
            return Optional.empty();
        }
    }

    private static JsonObject object(String part) throws IOException {
        var text = utf8(bytes(part));
        try (JsonParser parser = JSON.createParser(text)) {
            int depth = 0;
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (depth > 8 || (depth == 0 && parser.nextToken() != null)) {
                    throw new IllegalArgumentException("too deep, or something follows the object");
                }
            }
        }
        return new JsonObject(text);
    }

    private static String utf8(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    private static byte[] bytes(String part) {
        var bytes = Base64.getUrlDecoder().decode(part);
        if (!Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)) {
            throw new IllegalArgumentException("not canonical");
        }
        return bytes;
    }
}
