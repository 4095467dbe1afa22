package dev.onsale.query.web;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Fills a request from the parameters of a path and a query, by the names of its fields. */
final class RequestParameters {
    private RequestParameters() {}

    /** Fills an empty request; fails with INVALID_FIELD for a name or a value that does not belong there. */
    static Message fill(Message empty, MultiMap parameters) {
        JsonObject json = new JsonObject();
        for (String name : parameters.names()) {
            FieldDescriptor field = field(empty.getDescriptorForType(), name);
            List<String> values = parameters.getAll(name);
            if (!field.isRepeated() && values.size() > 1) {
                throw Refusal.invalid(field.getName(), "is given more than once");
            }
            json.put(field.getName(), field.isRepeated() ? new JsonArray(values) : values.getFirst());
        }
        Message.Builder request = empty.newBuilderForType();
        try {
            JsonFormat.parser().merge(json.encode(), request);
        } catch (InvalidProtocolBufferException e) {
            throw Refusal.invalid("query", "has a value of the wrong form");
        }
        return request.build();
    }

    private static FieldDescriptor field(Descriptor request, String name) {
        return request.getFields().stream()
                .filter(field ->
                        field.getName().equals(name) || field.getJsonName().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid("query", "has a parameter this method does not know"));
    }
}
