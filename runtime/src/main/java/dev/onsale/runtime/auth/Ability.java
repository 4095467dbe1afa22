package dev.onsale.runtime.auth;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a partner's API key may be used for. Travels in the claim {@code abilities} in lower case. */
public enum Ability {
    /** To hold, book, give back and transfer, and to get tickets' codes. */
    SELL,
    /** To read. */
    READ,
    /** To follow the partner's change feed, and to have it pushed. */
    FEED;

    private static final Map<String, Ability> BY_CLAIM =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Ability::claim, ability -> ability));

    /** The ability as written in a token. */
    public String claim() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The ability written in a token; empty if this version doesn't know it. */
    public static Optional<Ability> ofClaim(String claim) {
        return Optional.ofNullable(BY_CLAIM.get(claim));
    }
}
