package dev.onsale.runtime.auth;

import java.time.Instant;
import java.util.Set;

/**
 * Who is calling, as proved by a token.
 *
 * @param account the account ({@code sub}); empty for a caller without a token
 * @param roles what the account may be; roles this version doesn't know are left out
 * @param expires when the token ends
 * @param scope what of it the token may be used for
 */
public record Principal(String account, Set<Role> roles, Instant expires, Scope scope) {

    /** A caller without a token, on methods open to everybody. */
    public static final Principal ANONYMOUS = new Principal("", Set.of(), Instant.MAX);

    /** Copies the roles. */
    public Principal {
        roles = Set.copyOf(roles);
    }

    /** One whose token may be used for all that its roles allow. */
    public Principal(String account, Set<Role> roles, Instant expires) {
        this(account, roles, expires, Scope.ALL);
    }

    /** Whether the caller has the role. */
    public boolean is(Role role) {
        return roles.contains(role);
    }
}
