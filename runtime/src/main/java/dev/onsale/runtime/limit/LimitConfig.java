package dev.onsale.runtime.limit;

import dev.onsale.runtime.address.AddressRanges;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.config.Config;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How much callers may ask for. Rates count tokens; a message takes what its method costs.
 *
 * @param enabled whether there are limits at all
 * @param exempt callers from here have no limits and are never shed; loopback by default, so that whoever puts a proxy there
 *     must also trust it ({@code rpc.trusted-proxies})
 * @param exemptRoles callers with one of these roles have no limits
 * @param address of one IP address; too low locks out people behind one address, or a backend that calls for many
 * @param network of the addresses next to each other (/24, /64 for IPv6): who has one of them often has all
 * @param account of one fan
 * @param otherAccount of an account with any other role: a partner, a scanner, an operator
 * @param unproven tokens that were refused, of one address, by this node; the network has five times as much. Too low lets one
 *     broken client keep others behind its address from signing in
 * @param methods what each method costs
 * @param withoutRedis what becomes of calls while Redis can't tell
 * @param redisTimeout how long a call waits for Redis at most
 * @param nodes how many nodes there are: the part of a node is one by this, while Redis is away
 * @param remembered buckets a node remembers, of each kind; about 150 bytes each
 * @param shedding how load is shed
 */
public record LimitConfig(
        boolean enabled,
        AddressRanges exempt,
        Set<Role> exemptRoles,
        Rate address,
        Rate network,
        Rate account,
        Rate otherAccount,
        Rate unproven,
        MethodTable methods,
        WithoutRedis withoutRedis,
        Duration redisTimeout,
        int nodes,
        int remembered,
        SheddingConfig shedding) {

    private static final List<String> LOOPBACK = List.of("127.0.0.0/8", "::1");

    /** Reads {@code limits.*}. */
    public static LimitConfig from(Config config) {
        return new LimitConfig(
                config.bool("limits.enabled", true),
                AddressRanges.from(config, "limits.exempt", LOOPBACK),
                roles(config),
                Rate.from(config, "limits.address", 100, 500),
                Rate.from(config, "limits.network", 500, 2_500),
                Rate.from(config, "limits.account", 10, 60),
                Rate.from(config, "limits.other-account", 100, 1_000),
                Rate.from(config, "limits.unproven", 5, 50),
                MethodTable.from(config),
                config.oneOf("limits.without-redis", WithoutRedis.LOCAL),
                config.duration(
                        "limits.redis-timeout", Duration.ofMillis(50), Duration.ofMillis(1), Duration.ofSeconds(5)),
                config.integer("limits.nodes", 1, 1, 10_000),
                config.integer("limits.remembered", 200_000, 1_000, 100_000_000),
                SheddingConfig.from(config));
    }

    private static Set<Role> roles(Config config) {
        var names = config.list("limits.exempt-roles", List.of(Role.SERVICE.claim()));
        var roles = EnumSet.noneOf(Role.class);
        if (names.equals(List.of("none"))) {
            return roles;
        }
        for (var name : names) {
            var role = Role.ofClaim(name);
            if (role.isEmpty()) {
                config.reject("limits.exempt-roles", name, "roles such as service, or none");
            }
            role.ifPresent(roles::add);
        }
        return roles;
    }
}
