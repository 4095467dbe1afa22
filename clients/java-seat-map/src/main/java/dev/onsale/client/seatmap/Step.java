package dev.onsale.client.seatmap;

/** What became of one message. */
public sealed interface Step {
    /**
     * It was applied.
     *
     * @param update what it changed
     */
    record Applied(Update update) implements Step {}

    /** It says what is known already, or belongs to a stream that was left: passed over. */
    record Known() implements Step {}

    /**
     * Something before it is missing: it was not applied. Watch anew with the resume version.
     *
     * @param version the version known here
     * @param fromVersion the version it builds on
     */
    record Gap(long version, long fromVersion) implements Step {}
}
