package dev.onsale.command.catalog;

import dev.onsale.proto.inventory.v1.Quote;
import dev.onsale.proto.inventory.v1.QuoteLine;
import dev.onsale.runtime.money.Money;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Prices a selection: a pure function of the event's prices, a version of them, and the places. */
public final class QuoteMaker {
    private QuoteMaker() {}

    /**
     * The quote of some seats and areas, one line a price tier, by code.
     *
     * @param priceVersion the version the hold was made from
     * @param ordinals the seats
     * @param areaQuantities area index to number of places
     * @throws IllegalArgumentException if the version is not known in this snapshot: read the event again with
     *     {@code EventCatalog.event(eventId, priceVersion)}
     */
    public static Quote quote(
            EventDetail event, int priceVersion, Collection<Integer> ordinals, Map<Integer, Integer> areaQuantities) {
        SortedMap<String, Integer> quantities = new TreeMap<>();
        ordinals.forEach(ordinal -> quantities.merge(event.seat(ordinal).tier().code(), 1, Integer::sum));
        areaQuantities.forEach((area, quantity) ->
                quantities.merge(event.areas().get(area).tier().code(), quantity, Integer::sum));
        return quote(event, priceVersion, quantities);
    }

    private static Quote quote(EventDetail event, int priceVersion, SortedMap<String, Integer> quantities) {
        Quote.Builder quote = Quote.newBuilder().setPriceVersion(priceVersion);
        Money total = new Money(event.currency(), 0);
        for (Map.Entry<String, Integer> line : quantities.entrySet()) {
            Price price = event.price(priceVersion, line.getKey())
                    .orElseThrow(() -> new IllegalArgumentException("no price version " + priceVersion));
            total = total.plus(price.allIn().times(line.getValue()));
            quote.addLines(line(line.getKey(), line.getValue(), price));
        }
        return quote.setTotal(total.toProto()).build();
    }

    private static QuoteLine line(String tier, int quantity, Price price) {
        return QuoteLine.newBuilder()
                .setPriceTier(tier)
                .setQuantity(quantity)
                .setUnitTotal(price.allIn().toProto())
                .setUnitFace(price.face().toProto())
                .setUnitFee(price.fee().toProto())
                .setUnitTax(price.tax().toProto())
                .build();
    }
}
