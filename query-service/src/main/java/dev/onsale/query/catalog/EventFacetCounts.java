package dev.onsale.query.catalog;

import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregate;
import co.elastic.clients.elasticsearch._types.aggregations.Aggregation;
import co.elastic.clients.elasticsearch._types.aggregations.FiltersBucket;
import co.elastic.clients.elasticsearch._types.aggregations.StringTermsBucket;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.util.NamedValue;
import dev.onsale.proto.query.v1.AvailabilityCount;
import dev.onsale.proto.query.v1.AvailabilityState;
import dev.onsale.proto.query.v1.EventFacets;
import dev.onsale.proto.query.v1.Facet;
import dev.onsale.proto.query.v1.FacetValue;
import dev.onsale.proto.query.v1.PriceFacet;
import dev.onsale.query.elastic.Counted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Counts what was found by what it is. */
final class EventFacetCounts {
    private static final String LABEL = "label";
    private static final String LOWEST = "lowest";
    private static final String HIGHEST = "highest";
    private static final List<AvailabilityState> STATES = List.of(
            AvailabilityState.AVAILABILITY_STATE_AVAILABLE,
            AvailabilityState.AVAILABILITY_STATE_FEW_LEFT,
            AvailabilityState.AVAILABILITY_STATE_SOLD_OUT,
            AvailabilityState.AVAILABILITY_STATE_NOT_ON_SALE);

    private EventFacetCounts() {}

    /** What is to be counted. */
    static Map<String, Aggregation> asked(long atMillis) {
        Map<String, Aggregation> asked = new LinkedHashMap<>();
        asked.put("cities", labelled("city_key", 50, "place.city"));
        asked.put("countries", terms("place.country", 250));
        asked.put(
                "months",
                Aggregation.of(months -> months.terms(
                        terms -> terms.field("day.month").size(120).order(NamedValue.of("_key", SortOrder.Asc)))));
        asked.put("days", terms("day.weekday", 7));
        asked.put("series", labelled("series.series_id", 50, "series.name"));
        Map<String, Query> states = new LinkedHashMap<>();
        STATES.forEach(state -> states.put(state.name(), EventQuery.in(state, atMillis)));
        asked.put(
                "availability",
                Aggregation.of(filters -> filters.filters(named -> named.filters(all -> all.keyed(states)))));
        asked.put(
                "prices",
                Aggregation.of(prices -> prices.terms(
                                terms -> terms.field("currency").size(50))
                        .aggregations(LOWEST, lowest -> lowest.min(min -> min.field("price_from")))
                        .aggregations(HIGHEST, highest -> highest.max(max -> max.field("price_to")))));
        return asked;
    }

    /** What was counted. */
    static EventFacets of(Map<String, Aggregate> counts, long total) {
        EventFacets.Builder facets = EventFacets.newBuilder()
                .setCities(facet(counts, "cities", total))
                .setCountries(facet(counts, "countries", total))
                .setMonths(facet(counts, "months", total))
                .setDaysOfWeek(facet(counts, "days", total))
                .setSeries(facet(counts, "series", total));
        Map<String, FiltersBucket> states =
                Counted.of(counts, "availability").filters().buckets().keyed();
        STATES.forEach(state -> facets.addAvailability(AvailabilityCount.newBuilder()
                .setAvailability(state)
                .setCount(Objects.requireNonNull(states.get(state.name())).docCount())));
        buckets(Counted.of(counts, "prices")).forEach(bucket -> facets.addPrices(price(bucket)));
        return facets.build();
    }

    private static PriceFacet price(StringTermsBucket bucket) {
        String currency = bucket.key().stringValue();
        Double lowest = Counted.of(bucket.aggregations(), LOWEST).min().value();
        Double highest = Counted.of(bucket.aggregations(), HIGHEST).max().value();
        PriceFacet.Builder price = PriceFacet.newBuilder().setCount(bucket.docCount());
        if (lowest != null && highest != null) {
            price.setLowest(EventSummaries.money(Math.round(lowest), currency))
                    .setHighest(EventSummaries.money(Math.round(highest), currency));
        }
        return price.build();
    }

    private static Facet facet(Map<String, Aggregate> counts, String name, long total) {
        Facet.Builder facet = Facet.newBuilder();
        long counted = 0;
        for (StringTermsBucket bucket : buckets(Counted.of(counts, name))) {
            counted += bucket.docCount();
            facet.addValues(FacetValue.newBuilder()
                    .setValue(bucket.key().stringValue())
                    .setLabel(label(bucket))
                    .setCount(bucket.docCount()));
        }
        return facet.setOthers(Math.max(0, total - counted)).build();
    }

    private static String label(StringTermsBucket bucket) {
        Aggregate labels = bucket.aggregations().get(LABEL);
        return labels == null || buckets(labels).isEmpty()
                ? bucket.key().stringValue()
                : buckets(labels).getFirst().key().stringValue();
    }

    private static List<StringTermsBucket> buckets(Aggregate terms) {
        return terms.isSterms() ? terms.sterms().buckets().array() : List.of(); // Without any value it is of no type.
    }

    private static Aggregation labelled(String field, int size, String label) {
        return Aggregation.of(
                counts -> counts.terms(terms -> terms.field(field).size(size)).aggregations(LABEL, terms(label, 1)));
    }

    private static Aggregation terms(String field, int size) {
        return Aggregation.of(counts -> counts.terms(terms -> terms.field(field).size(size)));
    }
}
