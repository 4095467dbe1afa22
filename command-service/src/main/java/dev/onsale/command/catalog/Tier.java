package dev.onsale.command.catalog;

import java.util.UUID;

/**
 * A kind of ticket.
 *
 * @param index 0 and up, by code
 * @param id its row in {@code price_tiers}
 * @param code unique in the event
 * @param name for people
 */
public record Tier(int index, UUID id, String code, String name) {}
