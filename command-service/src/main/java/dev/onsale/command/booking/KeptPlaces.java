package dev.onsale.command.booking;

import dev.onsale.command.inventory.HoldId;
import dev.onsale.command.inventory.Places;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a booking still has in PostgreSQL.
 *
 * @param holdId the hold by which Redis knows it
 * @param account the buyer
 * @param places its seats and places; may be none
 */
record KeptPlaces(HoldId holdId, String account, Places places) {

    static KeptPlaces of(Row row) {
        Map<Integer, Integer> areas = new TreeMap<>();
        for (Integer area : row.getArrayOfIntegers("places")) {
            areas.merge(area, 1, Integer::sum);
        }
        HoldId hold =
                HoldId.parse(row.getString("hold_id")).orElseThrow(() -> new IllegalStateException("not a hold id"));
        return new KeptPlaces(
                hold, row.getString("user_id"), Places.of(List.of(row.getArrayOfIntegers("ordinals")), areas));
    }
}
