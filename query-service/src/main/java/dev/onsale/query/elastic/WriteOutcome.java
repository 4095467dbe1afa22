package dev.onsale.query.elastic;

/** What became of one document of a bulk write. */
public sealed interface WriteOutcome {
    /** It is in the index, or a newer one is. */
    record Written() implements WriteOutcome {}

    /**
     * Not now: too busy, blocked, or no index there. Try again later.
     *
     * @param cause what Elasticsearch said
     * @param busy whether it was too much, so that less may be taken
     */
    record Later(String cause, boolean busy) implements WriteOutcome {}

    /**
     * Never: the document itself is refused.
     *
     * @param cause what Elasticsearch said
     */
    record Refused(String cause) implements WriteOutcome {}
}
