package dev.onsale.command.catalog;

/**
 * A general admission area of an event.
 *
 * @param index 0 and up, in event order
 * @param code unique in the event
 * @param name for people
 * @param capacity how many people
 * @param tier its price tier
 */
public record AreaInfo(int index, String code, String name, int capacity, Tier tier) {}
