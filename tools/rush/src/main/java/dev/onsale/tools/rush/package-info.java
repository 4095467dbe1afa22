/**
 * The rush: {@code RushEvent} puts an event of its own on sale, {@code Crowd} sends fans ({@code FanStory}) at it over real
 * gRPC, {@code Tally} counts what happens, and {@code RushAudit} compares from outside what PostgreSQL, Redis, the payment
 * simulator's ledger, the read side and the fans themselves say.
 */
@NullMarked
package dev.onsale.tools.rush;

import org.jspecify.annotations.NullMarked;
