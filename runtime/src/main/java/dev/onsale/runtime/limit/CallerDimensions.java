package dev.onsale.runtime.limit;

import dev.onsale.runtime.address.IpAddress;
import dev.onsale.runtime.auth.Principal;
import dev.onsale.runtime.auth.Role;
import java.util.List;
import java.util.Set;

/** The dimensions every call has: where it comes from and whose it is. */
final class CallerDimensions {

    private static final Set<Role> FAN = Set.of(Role.FAN);

    private CallerDimensions() {}

    static List<Dimension> of(LimitConfig config) {
        return List.of(
                call -> {
                    var address = call.address();
                    return address == null ? null : address(address, config.address());
                },
                call -> {
                    var address = call.address();
                    return address == null ? null : network(address, config.network());
                },
                call -> {
                    var principal = call.principal();
                    return principal.account().isEmpty() ? null : account(principal, config);
                });
    }

    static Bucket address(IpAddress address, Rate rate) {
        return new Bucket("address", address.toString(), rate);
    }

    static Bucket network(IpAddress address, Rate rate) {
        return new Bucket("network", address.network(), rate);
    }

    private static Bucket account(Principal principal, LimitConfig config) {
        boolean fan = principal.roles().isEmpty() || principal.roles().equals(FAN);
        return new Bucket("account", principal.account(), fan ? config.account() : config.otherAccount());
    }
}
