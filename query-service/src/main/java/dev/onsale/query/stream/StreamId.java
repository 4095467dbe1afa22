package dev.onsale.query.stream;

/**
 * The id of a stream entry.
 *
 * @param millis when it was added
 * @param sequence its number in that millisecond
 */
public record StreamId(long millis, long sequence) implements Comparable<StreamId> {
    /**
     * Reads an id.
     *
     * @param text `millis-sequence`
     * @return the id
     */
    public static StreamId parse(String text) {
        int dash = text.indexOf('-');
        return dash < 0
                ? new StreamId(Long.parseLong(text), 0)
                : new StreamId(Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
    }

    /**
     * The id just before this one.
     *
     * @return smaller than this, larger than any other that is smaller
     */
    public StreamId before() {
        if (sequence > 0) {
            return new StreamId(millis, sequence - 1);
        }
        return millis > 0 ? new StreamId(millis - 1, Long.MAX_VALUE) : this;
    }

    @Override
    public int compareTo(StreamId other) {
        int byTime = Long.compare(millis, other.millis);
        return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }

    @Override
    public String toString() {
        return millis + "-" + sequence;
    }
}
