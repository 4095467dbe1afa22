/**
 * Follows an event's seats live, as a partner's program would: made from the published contracts and grpc-java alone.
 *
 * <p>A message passes from the stream of {@link dev.onsale.client.seatmap.SeatMapClient} into
 * {@link dev.onsale.client.seatmap.SeatMap}, which applies it, passes it over, or says that something is missing; what
 * changed goes to the {@link dev.onsale.client.seatmap.SeatMapListener}. `clients/ts-seat-map` does the same in TypeScript.
 */
@NullMarked
package dev.onsale.client.seatmap;

import org.jspecify.annotations.NullMarked;
