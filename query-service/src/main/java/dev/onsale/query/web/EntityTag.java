package dev.onsale.query.web;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.onsale.proto.query.v1.AsOf;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Names the content of an answer: by its layout hash, or by the event's version and a checksum. How fresh the answer is does
 * not count, nor where its next page is: the same content an instant later has the same tag.
 */
public final class EntityTag {
    private static final String LAYOUT_HASH = "layout_hash";
    private static final String AS_OF = "as_of";
    private static final String NEXT_PAGE = "next_page_token";

    private EntityTag() {}

    static String of(Message answer) {
        FieldDescriptor layout = answer.getDescriptorForType().findFieldByName(LAYOUT_HASH);
        FieldDescriptor asOf = answer.getDescriptorForType().findFieldByName(AS_OF);
        CRC32C crc = new CRC32C();
        crc.update(content(answer).toByteArray());
        String sum = Long.toHexString(crc.getValue());
        if (layout != null && asOf == null) {
            return "\"" + answer.getField(layout) + "-" + sum + "\"";
        }
        long version = asOf == null ? 0 : ((AsOf) answer.getField(asOf)).getVersion();
        return "\"" + version + "-" + sum + "\"";
    }

    private static Message content(Message answer) {
        Message.Builder content = answer.toBuilder();
        for (FieldDescriptor field : answer.getDescriptorForType().getFields()) {
            if (field.getName().equals(AS_OF) || field.getName().equals(NEXT_PAGE)) {
                content.clearField(field);
            } else if (field.isRepeated() && saysHowFresh(field)) {
                for (int i = 0; i < answer.getRepeatedFieldCount(field); i++) {
                    content.setRepeatedField(field, i, content((Message) answer.getRepeatedField(field, i)));
                }
            }
        }
        return content.build();
    }

    private static boolean saysHowFresh(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && field.getMessageType().findFieldByName(AS_OF) != null;
    }

    /**
     * Tells whether a client's If-None-Match names this content.
     *
     * @param ifNoneMatch the header, if there is one
     * @param tag the content's tag
     * @return true if the client has it
     */
    public static boolean matches(@Nullable String ifNoneMatch, String tag) {
        return ifNoneMatch != null
                && (ifNoneMatch.strip().equals("*")
                        || Arrays.stream(ifNoneMatch.split(",", 50))
                                .map(String::strip)
                                .anyMatch(one -> one.equals(tag) || one.equals("W/" + tag)));
    }
}
