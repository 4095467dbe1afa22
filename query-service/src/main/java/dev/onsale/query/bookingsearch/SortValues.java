package dev.onsale.query.bookingsearch;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.SortOptions;
import co.elastic.clients.elasticsearch._types.SortOrder;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.List;

/** In which orders bookings come, and the place of one in such an order as it stands in a token. */
final class SortValues {
    static final List<SortOptions> NEWEST_FIRST =
            List.of(by("created_at", SortOrder.Desc), by("booking_id", SortOrder.Desc));
    static final List<SortOptions> OLDEST_FIRST =
            List.of(by("created_at", SortOrder.Asc), by("booking_id", SortOrder.Asc));
    static final List<SortOptions> BEST_FIRST = List.of(
            SortOptions.of(by -> by.score(score -> score.order(SortOrder.Desc))),
            by("created_at", SortOrder.Desc),
            by("booking_id", SortOrder.Desc));

    private SortValues() {}

    static JsonArray toJson(List<FieldValue> values) {
        JsonArray json = new JsonArray();
        values.forEach(value -> json.add(value._get()));
        return json;
    }

    /** Reads what {@link #toJson} wrote. */
    static List<FieldValue> fromJson(JsonArray json) {
        List<FieldValue> values = new ArrayList<>();
        for (Object value : json) {
            values.add(
                    switch (value) {
                        case String text -> FieldValue.of(text);
                        case Double number -> FieldValue.of(number.doubleValue());
                        case Number number -> FieldValue.of(number.longValue());
                        default -> throw new IllegalArgumentException("No sort value: " + value);
                    });
        }
        return values;
    }

    private static SortOptions by(String field, SortOrder order) {
        return SortOptions.of(by -> by.field(sort -> sort.field(field).order(order)));
    }
}
