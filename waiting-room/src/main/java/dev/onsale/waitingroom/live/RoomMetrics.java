package dev.onsale.waitingroom.live;

import dev.onsale.waitingroom.line.LineTick;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Shows the figures of the lines as gauges, {@code onsale.room.*} by event: those of the rooms that are not over. */
public final class RoomMetrics {

    private RoomMetrics() {}

    /** Registers the gauges. They follow the rooms that there are when they are asked for. */
    public static void show(MeterRegistry registry, LiveRooms rooms) {
        gauge(registry, rooms, "joined", LineTick::joined);
        gauge(registry, rooms, "called", LineTick::served);
        gauge(registry, rooms, "admitted", LineTick::admitted);
        gauge(registry, rooms, "absent", LineTick::absent);
        gauge(registry, rooms, "pending", LineTick::pending);
        gauge(registry, rooms, "active", LineTick::active);
        gauge(registry, rooms, "abandoned", LineTick::abandoned);
        gauge(registry, rooms, "finished", LineTick::finished);
        gauge(registry, rooms, "left", LineTick::left);
        gauge(registry, rooms, "allowed.rate", LineTick::rate);
    }

    private static void gauge(MeterRegistry registry, LiveRooms rooms, String name, ToDoubleFunction<LineTick> figure) {
        MultiGauge gauge = MultiGauge.builder("onsale.room." + name).register(registry);
        rooms.onRead(() -> gauge.register(rows(rooms, figure), true));
    }

    private static List<MultiGauge.Row<?>> rows(LiveRooms rooms, ToDoubleFunction<LineTick> figure) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        for (var room : rooms.all()) {
            if (!room.isOver()) {
                rows.add(MultiGauge.Row.of(
                        Tags.of("event", room.event().toString()),
                        room,
                        live -> live.tick().map(figure::applyAsDouble).orElse(0.0)));
            }
        }
        return rows;
    }
}
