package dev.onsale.query;

import dev.onsale.query.elastic.IndexKind;
import dev.onsale.query.elastic.Indexes;
import dev.onsale.query.rebuild.Rebuild;
import dev.onsale.query.rebuild.RebuildSource;
import dev.onsale.query.stream.Worker;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the indexes are there: makes those that are missing, at the start and whenever they vanish, and if there
 * is anything to fill them with, rebuilds them. Those of an earlier release learn the fields that are new.
 */
final class IndexKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(IndexKeeper.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Indexes indexes;
    private final RebuildSource everything;
    private final Rebuild rebuild;
    private final Worker worker;
    private boolean incomplete;
    private boolean widened;

    IndexKeeper(Indexes indexes, RebuildSource everything, Rebuild rebuild) {
        this.indexes = indexes;
        this.everything = everything;
        this.rebuild = rebuild;
        this.worker = Worker.start("index-keeper", this::round);
    }

    Future<Void> stop() {
        return worker.stop();
    }

    private void round() throws IOException, InterruptedException {
        Set<IndexKind> missing = indexes.missing();
        incomplete |= !missing.isEmpty();
        indexes.createFirst(missing);
        if (!widened) {
            indexes.widen(missing);
            widened = true;
        }
        if (incomplete && !everything.empty()) {
            LOG.atInfo().log("Indexes were missing; rebuilding them");
            rebuild.run();
        }
        incomplete = false;
        Thread.sleep(PAUSE);
    }
}
