package dev.onsale.runtime.auth;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a token lets its bearer be. Travels in the claim {@code roles} in lower case. */
public enum Role {
    /** Buys tickets. */
    FAN,
    /** Sells on behalf of a partner system. */
    PARTNER,
    /** Helps fans with their bookings. */
    SUPPORT,
    /** Runs on-sales. */
    OPERATOR,
    /** Lets people in at the gate. */
    SCANNER,
    /** One of our own services calling another. */
    SERVICE;

    private static final Map<String, Role> BY_CLAIM =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Role::claim, role -> role));

    /** The role as written in a token. */
    public String claim() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role written in a token; empty if this version doesn't know it. */
    public static Optional<Role> ofClaim(String claim) {
        return Optional.ofNullable(BY_CLAIM.get(claim));
    }
}
