package dev.onsale.runtime.address;

import dev.onsale.runtime.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling through proxies. What a connection says of others is believed only if it comes from a trusted proxy, and then
 * only as far as the chain of trusted proxies reaches: read from the right, the first address that is not a trusted proxy
 * is the caller. Whatever stands left of it the caller may have made up.
 *
 * @param header in which proxies tell for whom they call, lower case
 * @param trusted the proxies; too wide a range lets callers pretend to be anybody
 */
public record ForwardedFor(String header, AddressRanges trusted) {

    private static final int MOST_HOPS = 16;

    /** Reads {@code rpc.forwarded-header} and {@code rpc.trusted-proxies}, by default none. */
    public static ForwardedFor from(Config config) {
        return new ForwardedFor(
                config.string("rpc.forwarded-header", "x-forwarded-for").toLowerCase(Locale.ROOT),
                AddressRanges.from(config, "rpc.trusted-proxies", List.of()));
    }

    /**
     * The caller's address.
     *
     * @param peer the address at the other end of the connection; null if it has none
     * @param values of the header, in the order received; each may list several addresses
     * @return the peer itself if it is not trusted, or if what it tells can't be read
     */
    public @Nullable IpAddress caller(@Nullable IpAddress peer, List<String> values) {
        if (values.isEmpty() || !trusted.contain(peer)) {
            return peer;
        }
        var hops = hops(values);
        var caller = peer;
        int read = 0;
        while (read < hops.size() && trusted.contain(caller)) {
            if (++read > MOST_HOPS) {
                return peer;
            }
            caller = IpAddress.parse(hops.get(hops.size() - read));
            if (caller == null) {
                return peer;
            }
        }
        return caller;
    }

    private static List<String> hops(List<String> values) {
        var hops = new ArrayList<String>();
        for (var value : values) {
            for (var hop : value.split(",", -1)) {
                hops.add(hop.strip());
            }
        }
        return hops;
    }
}
