package dev.onsale.command.risk;

import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What was measured of a call; times in milliseconds.
 *
 * @param repeated what the call asks for was granted before: nothing else was measured
 * @param calls calls that want seats, in the window
 * @param intervals how many times between calls are known
 * @param meanInterval their mean
 * @param deviation their standard deviation, by the mean
 * @param spent for how long the account kept seats without booking them, since its last cool-down
 * @param level how often it has used its budget up
 * @param coolDown how long it has still to wait; 0: not at all
 * @param catches seats caught in the last hour
 * @param solved whether it brings a solution that was not used before
 * @param sinceLast time since the call before; -1: there was none
 * @param sharing accounts that showed the same, by what they showed
 */
record Measures(
        boolean repeated,
        int calls,
        int intervals,
        long meanInterval,
        double deviation,
        long spent,
        int level,
        long coolDown,
        int catches,
        boolean solved,
        long sinceLast,
        Map<Trait.Kind, Integer> sharing) {

    static final Measures REPEATED = new Measures(true, 0, 0, 0, 0, 0, 0, 0, 0, false, -1, Map.of());
    private static final int BEFORE_SHARING = 11;

    /** Reads the answer of {@code redis/risk/measure.lua}. */
    static Measures of(Response reply, List<Trait> traits) {
        if (reply.get(0).toString().equals("REPEATED")) {
            return REPEATED;
        }
        List<Long> numbers = new ArrayList<>();
        for (int i = 1; i < reply.size(); i++) {
            numbers.add(Long.parseLong(reply.get(i).toString()));
        }
        Map<Trait.Kind, Integer> sharing = new EnumMap<>(Trait.Kind.class);
        for (int i = 0; i < traits.size(); i++) {
            sharing.put(
                    traits.get(i).kind(), numbers.get(BEFORE_SHARING - 1 + i).intValue());
        }
        return new Measures(
                false,
                numbers.get(0).intValue(),
                numbers.get(1).intValue(),
                numbers.get(2),
                numbers.get(3) / 1000.0,
                numbers.get(4),
                numbers.get(5).intValue(),
                numbers.get(6),
                numbers.get(7).intValue(),
                numbers.get(8) == 1,
                numbers.get(9),
                sharing);
    }
}
