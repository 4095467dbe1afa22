package dev.onsale.standalone.fuzz;

import build.buf.validate.FieldRules;
import build.buf.validate.Int32Rules;
import build.buf.validate.Int64Rules;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.type.Money;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Makes requests of any type that most of their rules take. */
final class Messages {

    private static final int MOST_DEEP = 6;
    private static final long NOW = 1_790_000_000;

    private final SplittableRandom random;
    private final Map<String, List<String>> ids;

    /** With these ids, by the field that takes them. */
    Messages(SplittableRandom random, Map<String, List<String>> ids) {
        this.random = random;
        this.ids = ids;
    }

    Message make(Message empty) {
        Message.Builder builder = empty.newBuilderForType();
        fill(builder, 0);
        return builder.build();
    }

    private void fill(Message.Builder builder, int depth) {
        for (FieldDescriptor field : builder.getDescriptorForType().getFields()) {
            OneofDescriptor oneof = field.getRealContainingOneof();
            boolean wanted = oneof == null ? wanted(field) : !builder.hasOneof(oneof) && chosen(oneof, field);
            if (wanted && depth < MOST_DEEP) {
                set(builder, field, depth);
            }
        }
    }

    /** One of a oneof's fields, each as likely as the others. */
    private boolean chosen(OneofDescriptor oneof, FieldDescriptor field) {
        return random.nextInt(oneof.getFieldCount() - oneof.getFields().indexOf(field)) == 0;
    }

    private boolean wanted(FieldDescriptor field) {
        boolean necessary =
                field.getName().endsWith("_id") || Words.rules(field).getRequired();
        return random.nextInt(100) < (necessary ? 97 : field.isRepeated() ? 60 : 55);
    }

    private void set(Message.Builder builder, FieldDescriptor field, int depth) {
        if (!field.isRepeated()) {
            builder.setField(field, value(builder, field, depth));
            return;
        }
        int least = (int) Words.rules(field).getRepeated().getMinItems();
        int many = Math.max(least, 1 + random.nextInt(2));
        for (int i = 0; i < many; i++) {
            builder.addRepeatedField(field, value(builder, field, depth));
        }
    }

    private Object value(Message.Builder builder, FieldDescriptor field, int depth) {
        return switch (field.getJavaType()) {
            case STRING -> Words.text(random, field, ids);
            case INT -> (int) number(field);
            case LONG -> number(field);
            case BOOLEAN -> random.nextBoolean();
            case DOUBLE -> random.nextDouble() * 50;
            case FLOAT -> (float) random.nextDouble();
            case BYTE_STRING -> ByteString.copyFromUtf8(Words.letters(random, 12));
            case ENUM -> {
                EnumDescriptor values = field.getEnumType();
                yield values.getValues().get(random.nextInt(values.getValues().size()));
            }
            case MESSAGE -> message(builder.newBuilderForField(field), depth);
        };
    }

    private Message message(Message.Builder nested, int depth) {
        return switch (nested.getDescriptorForType().getFullName()) {
            case "google.protobuf.Timestamp" ->
                Timestamp.newBuilder()
                        .setSeconds(NOW + random.nextInt(40_000_000))
                        .build();
            case "google.protobuf.Duration" ->
                Duration.newBuilder().setSeconds(random.nextInt(1_000)).build();
            case "google.type.Money" ->
                Money.newBuilder()
                        .setCurrencyCode("EUR")
                        .setUnits(random.nextInt(100))
                        .build();
            default -> {
                fill(nested, depth + 1);
                yield nested.build();
            }
        };
    }

    private long number(FieldDescriptor field) {
        FieldRules rules = Words.rules(field);
        if (rules.hasInt32()) {
            Int32Rules range = rules.getInt32();
            long from = range.hasGte() ? range.getGte() : range.hasGt() ? range.getGt() + 1L : 0;
            return from + random.nextInt(Math.clamp(range.hasLte() ? range.getLte() - from + 1 : 10, 1, 10));
        }
        Int64Rules range = rules.getInt64();
        long from = range.hasGte() ? range.getGte() : range.hasGt() ? range.getGt() + 1 : 0;
        return from + random.nextInt(10);
    }
}
