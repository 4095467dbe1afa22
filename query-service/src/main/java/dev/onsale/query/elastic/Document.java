package dev.onsale.query.elastic;

/**
 * A document to be written.
 *
 * @param kind into which index
 * @param id its id
 * @param version external version: a lower one than the index has changes nothing
 * @param source what it says; serialised with snake_case names
 * @param replacesEqual whether it takes the place of one of the same version
 */
public record Document(IndexKind kind, String id, long version, Object source, boolean replacesEqual) {
    /**
     * A document of which a version says all.
     *
     * @param kind into which index
     * @param id its id
     * @param version external version: a lower or equal one than the index has changes nothing
     * @param source what it says
     */
    public Document(IndexKind kind, String id, long version, Object source) {
        this(kind, id, version, source, false);
    }
}
