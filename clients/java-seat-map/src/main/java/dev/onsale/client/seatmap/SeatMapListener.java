package dev.onsale.client.seatmap;

import io.grpc.Status;
import java.time.Duration;

/** Is told what happens to a seat map, one call at a time, in order. What it throws is dropped. */
public interface SeatMapListener {
    /**
     * The seat map has changed, or has been confirmed unchanged.
     *
     * @param map how everything stands now
     * @param update what changed
     */
    void updated(SeatMap map, Update update);

    /**
     * Something was missing; the stream is resumed from what is known.
     *
     * @param gap what came
     */
    default void gap(Step.Gap gap) {}

    /**
     * The stream broke off and will be taken up again.
     *
     * @param status why
     * @param after when
     */
    default void waiting(Status status, Duration after) {}

    /**
     * The stream was refused for good: no such event or section. Nothing more will come.
     *
     * @param status why
     */
    default void refused(Status status) {}
}
