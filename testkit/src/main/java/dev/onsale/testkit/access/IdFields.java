package dev.onsale.testkit.access;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the fields of requests name that look like ids: something with an owner, or something anybody may know. */
public final class IdFields {
    private static final Pattern ID = Pattern.compile(
            "(^|.*_)(id|ids|ticket|tickets|account|accounts|token|tokens|reference|code|codes|key|keys)");

    /** Things that belong to an account, and the reason with which those of others, and such that do not exist, are refused. */
    private static final Map<String, String> OWNED = Map.of(
            "hold_id", "RESOURCE_NOT_FOUND",
            "booking_id", "RESOURCE_NOT_FOUND",
            "ticket_id", "RESOURCE_NOT_FOUND",
            "ticket_ids", "RESOURCE_NOT_FOUND",
            "refund_id", "RESOURCE_NOT_FOUND",
            "payment_id", "RESOURCE_NOT_FOUND",
            "payment_ids", "RESOURCE_NOT_FOUND",
            "webhook_id", "RESOURCE_NOT_FOUND",
            "place_ticket", "PLACE_TICKET_INVALID");

    /** Things without an owner, and names that give nothing by themselves. */
    private static final Set<String> FREE = Set.of(
            "request_id", // Kept with its caller: that of somebody else is another.
            "page_token", // Sealed for its caller and question where it is about what has an owner.
            "resume_token", // The same.
            "event_id",
            "event_ids",
            "series_id",
            "venue_id",
            "seat_map_id",
            "seat_id",
            "seat_ids",
            "area_id",
            "dead_letter_ids",
            "erasure_id",
            "session_id", // Operators and services only.
            "account", // The same: no fan says whose something is.
            "accounts",
            "partner_id",
            "key_id",
            "presale_id",
            "batch_id",
            "codes",
            "subject_id",
            "verdict_id", // Support and operators only.
            "override_id",
            "presale_code", // A secret: whoever has it may use it, and guessing is stopped.
            "recipient_account", // Who gets what the caller gives.
            "payment_token", // Of the provider, once.
            "device_key", // The caller's own, shown by a signature.
            "reference", // Searched for by support.
            "code"); // A signature; or the short name of a tier.

    private IdFields() {}

    /** Whether the field looks like one that names something. */
    public static boolean looksLikeId(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.STRING
                && ID.matcher(field.getName()).matches();
    }

    /** Whether it is known here. */
    public static boolean known(String field) {
        return OWNED.containsKey(field) || FREE.contains(field);
    }

    /** With what reason somebody else's is refused; empty: it has no owner. */
    public static Optional<String> refusedWith(String field) {
        return Optional.ofNullable(OWNED.get(field));
    }
}
