package dev.onsale.testkit.access;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A valid request for every method, about things that do not exist. The requests stand in {@code access-requests.txt}, in
 * the text format of protobuf; a new method needs one there.
 */
public final class AccessRequests {
    private static final String FILE = "/access-requests.txt";
    private static final Map<String, String> TEXTS = read();

    private AccessRequests() {}

    private static Map<String, String> read() {
        try (InputStream file = AccessRequests.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException("no " + FILE);
            }
            return parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A method's name begins a line; what follows, there and on lines that are set in, is its request. */
    private static Map<String, String> parse(String text) {
        Map<String, String> texts = new HashMap<>();
        String method = "";
        for (String line : text.lines()
                .filter(any -> !any.isBlank() && !any.startsWith("#"))
                .toList()) {
            if (!line.startsWith(" ")) {
                String[] parts = line.split(" ", 2);
                method = parts[0];
                if (texts.put(method, parts.length > 1 ? parts[1] : "") != null) {
                    throw new IllegalStateException("twice in " + FILE + ": " + method);
                }
            } else {
                texts.merge(method, line, (first, more) -> first + " " + more);
            }
        }
        return texts;
    }

    /** The methods that have a request. */
    public static Set<String> names() {
        return Set.copyOf(TEXTS.keySet());
    }

    /** A valid request, with a request id nobody had before. */
    public static Message of(MethodDescriptor method) {
        String text = TEXTS.get(Contracts.name(method));
        if (text == null) {
            throw new AssertionError("no request for " + Contracts.name(method) + " in testkit's " + FILE);
        }
        DynamicMessage.Builder request = DynamicMessage.newBuilder(method.getInputType());
        try {
            TextFormat.merge(filled(text), request);
        } catch (TextFormat.ParseException wrong) {
            throw new AssertionError("the request for " + Contracts.name(method) + " in " + FILE, wrong);
        }
        return request.build();
    }

    private static String filled(String text) {
        return text.replace("$ID", UUID.randomUUID().toString())
                .replace("$HOLD", "A".repeat(43))
                .replace("$TOMORROW", Long.toString(Instant.now().getEpochSecond() + 86_400));
    }

    /** The request with these fields set, each to one text. */
    public static Message with(Message request, Map<String, String> fields) {
        Message.Builder changed = request.toBuilder();
        fields.forEach((name, value) -> {
            FieldDescriptor field = request.getDescriptorForType().findFieldByName(name);
            if (field.isRepeated()) {
                changed.clearField(field).addRepeatedField(field, value);
            } else {
                changed.setField(field, value);
            }
        });
        return changed.build();
    }
}
