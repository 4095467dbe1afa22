package dev.onsale.command.catalog;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The prices of an event: the newest versions, each never changed. Immutable. */
public final class PriceBook {
    private final Map<Key, Price> prices;
    private final String currency;

    private PriceBook(Map<Key, Price> prices, String currency) {
        this.prices = Map.copyOf(prices);
        this.currency = currency;
    }

    /** ISO 4217 code: one for all prices of the event. */
    public String currency() {
        return currency;
    }

    /** What one ticket of the tier costs by that version of the prices; empty if the version or tier is not known here. */
    public Optional<Price> price(int priceVersion, String tier) {
        return Optional.ofNullable(prices.get(new Key(priceVersion, tier)));
    }

    static Builder builder() {
        return new Builder();
    }

    private record Key(int priceVersion, String tier) {}

    /** Collects prices. */
    static final class Builder {
        private final Map<Key, Price> prices = new HashMap<>();
        private String currency = "";

        Builder add(int priceVersion, String tier, Price price) {
            prices.put(new Key(priceVersion, tier), price);
            currency = price.currency();
            return this;
        }

        PriceBook build() {
            return new PriceBook(prices, currency);
        }
    }
}
