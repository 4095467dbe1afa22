package dev.onsale.runtime.address;

import dev.onsale.runtime.config.Config;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A set of addresses, given as CIDR ranges. Immutable. */
public final class AddressRanges {

    /** No addresses at all. */
    public static final AddressRanges NONE = new AddressRanges(List.of());

    private static final String EXPECTED = "addresses or ranges such as 10.0.0.0/8, or none";

    private final List<Range> ranges;

    private AddressRanges(List<Range> ranges) {
        this.ranges = List.copyOf(ranges);
    }

    /**
     * Ranges such as {@code 10.0.0.0/8}, {@code 2001:db8::/32} or {@code 192.0.2.7}.
     *
     * @throws IllegalArgumentException if one of the texts is none
     */
    public static AddressRanges of(String... texts) {
        var ranges = new ArrayList<Range>();
        for (var text : texts) {
            var range = Range.parse(text);
            if (range == null) {
                throw new IllegalArgumentException("Not a range of addresses: " + text);
            }
            ranges.add(range);
        }
        return new AddressRanges(ranges);
    }

    /** Reads a list of ranges; {@code none} is the empty one. A bad one is noted as a fault. */
    public static AddressRanges from(Config config, String key, List<String> fallback) {
        var texts = config.list(key, fallback);
        if (texts.equals(List.of("none"))) {
            return NONE;
        }
        var ranges = new ArrayList<Range>();
        for (var text : texts) {
            var range = Range.parse(text);
            if (range == null) {
                config.reject(key, text, EXPECTED);
            } else {
                ranges.add(range);
            }
        }
        return new AddressRanges(ranges);
    }

    /** Whether the address is in one of the ranges; one that is not known is in none. */
    public boolean contain(@Nullable IpAddress address) {
        if (address == null) {
            return false;
        }
        for (var range : ranges) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** Whether there is no address in it. */
    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** All addresses that begin with the same bits. */
    private record Range(IpAddress first, int prefixBits) {

        static @Nullable Range parse(String text) {
            int slash = text.indexOf('/');
            var address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
            if (address == null) {
                return null;
            }
            int bits = slash < 0 ? address.bits() : bits(text.substring(slash + 1));
            return bits < 0 || bits > address.bits() ? null : new Range(address, bits);
        }

        private static int bits(String text) {
            boolean digits =
                    !text.isEmpty() && text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
            return digits ? Integer.parseInt(text) : -1;
        }

        boolean contains(IpAddress address) {
            return first.sharesPrefix(address, prefixBits);
        }
    }
}
