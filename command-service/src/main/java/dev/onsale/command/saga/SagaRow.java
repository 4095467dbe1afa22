package dev.onsale.command.saga;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A claimed run, as stored.
 *
 * @param id the row
 * @param kind which saga
 * @param subject what it is about: the booking, the event
 * @param position where it is; its attempt counts the one about to begin
 * @param data what it carries
 * @param epoch which owner this claim is
 * @param trace the {@code traceparent} of the call that began it
 * @param age how long ago it began, by the clock of PostgreSQL
 */
record SagaRow(
        UUID id,
        String kind,
        UUID subject,
        SagaPosition position,
        JsonObject data,
        long epoch,
        @Nullable String trace,
        Duration age) {}
