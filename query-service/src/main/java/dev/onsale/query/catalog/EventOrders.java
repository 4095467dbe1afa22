package dev.onsale.query.catalog;

import co.elastic.clients.elasticsearch._types.DistanceUnit;
import co.elastic.clients.elasticsearch._types.SortOptions;
import co.elastic.clients.elasticsearch._types.SortOrder;
import dev.onsale.proto.query.v1.EventOrder;
import dev.onsale.query.catalog.EventDocument.Point;
import java.util.ArrayList;
import java.util.List;

/** In which order events are found. The last word always has the id, so that there are no ties. */
final class EventOrders {
    private EventOrders() {}

    static List<SortOptions> of(EventQuestion question) {
        List<SortOptions> sort = new ArrayList<>();
        Point near = question.near();
        if (question.order() == EventOrder.EVENT_ORDER_RELEVANCE) {
            sort.add(SortOptions.of(by -> by.score(score -> score.order(SortOrder.Desc))));
        } else if (question.order() == EventOrder.EVENT_ORDER_CHEAPEST) {
            sort.add(ascending("price_from"));
        } else if (question.order() == EventOrder.EVENT_ORDER_NEAREST && near != null) {
            sort.add(SortOptions.of(by -> by.geoDistance(distance -> distance.field("place.point")
                    .location(point -> point.latlon(at -> at.lat(near.lat()).lon(near.lon())))
                    .unit(DistanceUnit.Kilometers)
                    .order(SortOrder.Asc))));
        }
        sort.add(ascending("event_date"));
        sort.add(ascending("event_id"));
        return List.copyOf(sort);
    }

    private static SortOptions ascending(String field) {
        return SortOptions.of(by -> by.field(its -> its.field(field).order(SortOrder.Asc)));
    }
}
