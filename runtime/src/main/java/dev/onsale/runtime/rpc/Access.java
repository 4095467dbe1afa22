package dev.onsale.runtime.rpc;

import dev.onsale.runtime.auth.Principal;
import dev.onsale.runtime.auth.Role;
import java.util.EnumSet;
import java.util.Set;

/**
 * Who may call a method.
 *
 * @param open whether a caller without a token may call too
 * @param roles the caller needs one of these; empty: any token will do
 */
public record Access(boolean open, Set<Role> roles) {

    /** Everybody, with or without a token. A token that is sent must still be valid. */
    public static final Access PUBLIC = new Access(true, Set.of());

    /** Everybody with a valid token. */
    public static final Access SIGNED_IN = new Access(false, Set.of());

    /** Copies the roles. */
    public Access {
        roles = Set.copyOf(roles);
    }

    /** Callers with at least one of these roles. */
    public static Access of(Role first, Role... more) {
        return new Access(false, EnumSet.of(first, more));
    }

    boolean allows(Principal principal) {
        return roles.isEmpty() || roles.stream().anyMatch(principal::is);
    }
}
