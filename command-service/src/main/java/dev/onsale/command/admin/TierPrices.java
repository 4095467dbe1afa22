package dev.onsale.command.admin;

import dev.onsale.command.catalog.Price;
import dev.onsale.proto.catalog.v1.PriceTier;
import dev.onsale.runtime.money.Money;
import io.vertx.sqlclient.Tuple;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.function.ToLongFunction;

/**
 * The price tiers of a request after they were checked: one currency, no repeats, nothing negative.
 *
 * @param names tier code to name, in the order of the request
 * @param prices tier code to price
 */
record TierPrices(SequencedMap<String, String> names, Map<String, Price> prices) {
    static final long MOST_MINOR = 1_000_000_000_000L;

    static TierPrices check(List<PriceTier> tiers, FieldFaults faults) {
        TierPrices checked = new TierPrices(new LinkedHashMap<>(), new LinkedHashMap<>());
        String currency = tiers.getFirst().getFace().getCurrencyCode();
        for (int i = 0; i < tiers.size(); i++) {
            checked.add(tiers.get(i), "price_tiers[" + i + "]", currency, faults);
        }
        return checked;
    }

    private void add(PriceTier tier, String path, String currency, FieldFaults faults) {
        if (names.putIfAbsent(tier.getCode(), tier.getName()) != null) {
            faults.add(path + ".code", "must not repeat");
        }
        long face = minor(tier.getFace(), path + ".face", currency, faults);
        long fee = tier.hasFee() ? minor(tier.getFee(), path + ".fee", currency, faults) : 0;
        long tax = tier.hasTax() ? minor(tier.getTax(), path + ".tax", currency, faults) : 0;
        prices.put(tier.getCode(), new Price(currency, face, fee, tax));
    }

    private static long minor(com.google.type.Money proto, String path, String currency, FieldFaults faults) {
        if (!proto.getCurrencyCode().equals(currency)) {
            faults.add(path + ".currency_code", "must be the currency of the first tier");
            return 0;
        }
        Optional<Money> money = Money.parse(proto);
        if (money.isEmpty()) {
            faults.add(path, "must be an amount of whole minor units of an ISO 4217 currency");
            return 0;
        }
        long minor = money.get().minor();
        if (minor < 0 || minor > MOST_MINOR) {
            faults.add(path, "must be from 0 to " + MOST_MINOR + " minor units");
            return 0;
        }
        return minor;
    }

    String currency() {
        return prices.values().iterator().next().currency();
    }

    String[] codes() {
        return names.keySet().toArray(String[]::new);
    }

    Tuple insertTiers(UUID eventId) {
        return Tuple.of(eventId, codes(), names.values().toArray(String[]::new));
    }

    Tuple insertPrices(UUID eventId, int priceVersion) {
        return Tuple.tuple()
                .addUUID(eventId)
                .addInteger(priceVersion)
                .addString(currency())
                .addArrayOfString(codes())
                .addArrayOfLong(column(Price::faceMinor))
                .addArrayOfLong(column(Price::feeMinor))
                .addArrayOfLong(column(Price::taxMinor));
    }

    private Long[] column(ToLongFunction<Price> part) {
        return names.keySet().stream()
                .map(code -> part.applyAsLong(prices.get(code)))
                .toArray(Long[]::new);
    }
}
