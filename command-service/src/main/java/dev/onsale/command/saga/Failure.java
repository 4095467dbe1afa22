package dev.onsale.command.saga;

/**
 * Why a saga is undone.
 *
 * @param reason for programs, e.g. {@code PAYMENT_DECLINED}
 * @param detail more about it, e.g. the decline code; may be empty
 */
public record Failure(String reason, String detail) {}
