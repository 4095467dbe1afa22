package dev.onsale.command.inventory;

/**
 * What a sweep did.
 *
 * @param swept holds that ran out and were ended, or were forgotten
 * @param more whether more are due
 */
public record Sweep(int swept, boolean more) {}
