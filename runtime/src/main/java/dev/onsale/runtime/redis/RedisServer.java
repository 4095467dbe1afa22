package dev.onsale.runtime.redis;

import java.util.regex.Pattern;

/**
 * What a Redis server says of itself.
 *
 * @param version e.g. {@code 7.0.15}
 * @param major the first number of the version
 * @param maxmemoryPolicy what it does when memory is full; only {@code noeviction} is safe for inventory
 * @param role {@code master} or {@code slave}
 */
public record RedisServer(String version, int major, String maxmemoryPolicy, String role) {

    /** Reads the answer to {@code INFO}. */
    static RedisServer parse(String info) {
        var version = field(info, "redis_version", "0.0.0");
        int major = Integer.parseInt(version.substring(0, version.indexOf('.')));
        return new RedisServer(
                version, major, field(info, "maxmemory_policy", "unknown"), field(info, "role", "master"));
    }

    /** Whether nothing is thrown away when memory is full. */
    boolean keepsEverything() {
        return maxmemoryPolicy.equals("noeviction");
    }

    private static String field(String info, String name, String fallback) {
        var matcher = Pattern.compile("(?m)^" + name + ":([^\\r\\n]*)").matcher(info);
        return matcher.find() ? matcher.group(1).strip() : fallback;
    }
}
