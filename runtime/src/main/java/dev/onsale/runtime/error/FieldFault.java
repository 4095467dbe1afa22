package dev.onsale.runtime.error;

/**
 * One field of a request that breaks a rule.
 *
 * @param path the field as written in the proto, e.g. {@code seats.seat_ids[3]}
 * @param description what the field must be, for a developer
 */
public record FieldFault(String path, String description) {}
