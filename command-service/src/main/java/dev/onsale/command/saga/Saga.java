package dev.onsale.command.saga;

import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Work in steps. Implementations are stateless: all that a run knows is its data.
 *
 * @param <D> what a run carries from step to step; immutable
 */
public interface Saga<D> {
    /** Names the saga in its rows, logs and metrics, e.g. {@code booking}. Never changes. */
    String kind();

    /**
     * The steps, in order: first those that can be undone, then at most one pivot, then those that are tried until they
     * succeed. A released list may only grow at its end, because rows in flight count steps.
     */
    List<Step<D>> steps();

    /** Reads a run's data from its row. */
    D read(JsonObject data);

    /** Writes a run's data for its row. */
    JsonObject write(D data);
}
