package dev.onsale.runtime.inventory;

/**
 * How the capacity of one general-admission area is used. The five add up to the capacity.
 *
 * @param free can be held
 * @param held in fans' holds
 * @param reserved in checkouts
 * @param sold paid for
 * @param blocked taken off sale
 */
public record AreaCounts(long free, long held, long reserved, long sold, long blocked) {

    /** Reads {@code free<separator>held<separator>reserved<separator>sold<separator>blocked}. */
    public static AreaCounts parse(String text, String separator) {
        var parts = text.split(java.util.regex.Pattern.quote(separator), -1);
        if (parts.length != 5) {
            throw new IllegalArgumentException("Not five counters: " + text);
        }
        return new AreaCounts(
                Long.parseLong(parts[0]),
                Long.parseLong(parts[1]),
                Long.parseLong(parts[2]),
                Long.parseLong(parts[3]),
                Long.parseLong(parts[4]));
    }

    /** All of it. */
    public long capacity() {
        return free + held + reserved + sold + blocked;
    }

    /** The counters with a separator between them. */
    public String join(String separator) {
        return free + separator + held + separator + reserved + separator + sold + separator + blocked;
    }
}
