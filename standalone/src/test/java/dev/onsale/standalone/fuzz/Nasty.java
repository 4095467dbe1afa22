package dev.onsale.standalone.fuzz;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Changes one field of a request for the worse. */
final class Nasty {

    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "a".repeat(301),
            "a".repeat(20_000),
            "\u202eevil",
            "zero\u200bwidth",
            "nul\0",
            "\0",
            "{s17}",
            "}",
            "../../etc/passwd",
            "'; --",
            "\n\r",
            "$where",
            "<script>",
            "* OR *",
            "?q=*:*",
            "\"",
            "\\",
            "%",
            "%00%zz",
            "😀",
            "\uffff",
            "ﷺ".repeat(100),
            "İstanbul",
            "e\u0301".repeat(90),
            "00000000-0000-0000-0000-000000000000",
            "0-0-0-0-0",
            "NaN",
            "-1",
            "9".repeat(40),
            "1970-01-01",
            "9999-99-99",
            "2026-02-30",
            "99999-F-99999",
            "*",
            " ");
    private static final long[] NUMBERS = {
        0, 1, -1, 2, 21, 101, 10_001, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE
    };
    private static final double[] DOUBLES = {
        0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE, Double.MAX_VALUE, -1, 181
    };
    private static final long[] SECONDS = {
        0, -1, 1, -62_135_596_800L, -62_135_596_801L, 253_402_300_799L, 253_402_300_800L, Long.MAX_VALUE, Long.MIN_VALUE
    };
    private static final int MANY = 600;

    private Nasty() {}

    /** The message with one of its fields, at any depth, changed. */
    static Message change(SplittableRandom random, Message message) {
        List<FieldDescriptor> fields = message.getDescriptorForType().getFields();
        if (fields.isEmpty()) {
            return message;
        }
        FieldDescriptor field = fields.get(random.nextInt(fields.size()));
        Message.Builder builder = message.toBuilder();
        int what = random.nextInt(10);
        if (what == 0) {
            builder.clearField(field);
        } else if (field.isRepeated()) {
            repeated(random, builder, field, what);
        } else {
            builder.setField(field, value(random, builder, field));
        }
        return builder.build();
    }

    private static void repeated(SplittableRandom random, Message.Builder builder, FieldDescriptor field, int what) {
        if (field.isMapField()) {
            builder.clearField(field);
            return;
        }
        int many = builder.getRepeatedFieldCount(field);
        if (what < 4 && many > 0) { // The same again.
            builder.addRepeatedField(field, builder.getRepeatedField(field, random.nextInt(many)));
        } else if (what < 6) {
            Object one = value(random, builder, field);
            boolean large = (one instanceof String text && text.length() > 50) || one instanceof Message;
            for (int i = 0; i < (large ? 30 : MANY); i++) {
                builder.addRepeatedField(field, one);
            }
        } else if (many > 0) {
            builder.setRepeatedField(field, random.nextInt(many), value(random, builder, field));
        } else {
            builder.addRepeatedField(field, value(random, builder, field));
        }
    }

    private static Object value(SplittableRandom random, Message.Builder builder, FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case STRING -> text(random);
            case INT -> (int) NUMBERS[random.nextInt(NUMBERS.length)];
            case LONG -> NUMBERS[random.nextInt(NUMBERS.length)];
            case BOOLEAN -> random.nextBoolean();
            case DOUBLE -> DOUBLES[random.nextInt(DOUBLES.length)];
            case FLOAT -> (float) DOUBLES[random.nextInt(DOUBLES.length)];
            case BYTE_STRING -> ByteString.copyFrom(new byte[random.nextInt(40_000)]);
            case ENUM -> field.getEnumType().findValueByNumberCreatingIfUnknown(random.nextBoolean() ? 0 : 99);
            case MESSAGE -> message(random, builder, field);
        };
    }

    static String text(SplittableRandom random) {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private static Message message(SplittableRandom random, Message.Builder builder, FieldDescriptor field) {
        Message nested = field.isRepeated() || !builder.hasField(field)
                ? builder.newBuilderForField(field).build()
                : (Message) builder.getField(field);
        long seconds = SECONDS[random.nextInt(SECONDS.length)];
        int nanos = random.nextInt(4) == 0 ? (random.nextBoolean() ? -1 : 1_000_000_000) : 0;
        return switch (field.getMessageType().getFullName()) {
            case "google.protobuf.Timestamp" ->
                Timestamp.newBuilder().setSeconds(seconds).setNanos(nanos).build();
            case "google.protobuf.Duration" ->
                Duration.newBuilder().setSeconds(seconds).setNanos(nanos).build();
            default -> change(random, nested);
        };
    }

    /** All texts there are, for other uses. */
    static List<String> texts() {
        return new ArrayList<>(TEXTS);
    }
}
