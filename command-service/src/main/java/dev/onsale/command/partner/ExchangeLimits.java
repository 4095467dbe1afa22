package dev.onsale.command.partner;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How often one address may be wrong, and one key be exchanged, in a minute, on this node. Nobody guesses 256 bits: this keeps
 * those who try from costing PostgreSQL anything.
 */
final class ExchangeLimits {
    static final int WRONG_AN_ADDRESS = 20;
    static final int EXCHANGES_A_KEY = 120;
    private static final int REMEMBERED = 50_000;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Cache<String, AtomicInteger> wrong = counters();
    private final Cache<String, AtomicInteger> exchanges = counters();

    private static Cache<String, AtomicInteger> counters() {
        return Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterWrite(WINDOW)
                .build();
    }

    /** Refuses with RATE_LIMITED an address that was wrong too often. */
    void checkAddress(String address) {
        if (count(wrong, address).get() >= WRONG_AN_ADDRESS) {
            throw limited();
        }
    }

    /** This address was wrong. */
    void wrong(String address) {
        count(wrong, address).incrementAndGet();
    }

    /** This key is about to be exchanged. Refuses with RATE_LIMITED if that is too often. */
    void checkKey(String keyId) {
        if (count(exchanges, keyId).incrementAndGet() > EXCHANGES_A_KEY) {
            throw limited();
        }
    }

    private static AtomicInteger count(Cache<String, AtomicInteger> counters, String who) {
        return counters.get(who, first -> new AtomicInteger());
    }

    private static Refusal limited() {
        return Refusal.of(ErrorReason.ERROR_REASON_RATE_LIMITED, "Too many exchanges of API keys")
                .retryAfter(WINDOW);
    }
}
