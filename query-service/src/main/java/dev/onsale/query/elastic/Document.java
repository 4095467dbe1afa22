package dev.onsale.query.elastic;

/**
 * A document to be written.
 *
 * @param kind into which index
 * @param id its id
 * @param version external version: a lower or equal one than the index has changes nothing
 * @param source what it says; serialised with snake_case names
 */
public record Document(IndexKind kind, String id, long version, Object source) {}
