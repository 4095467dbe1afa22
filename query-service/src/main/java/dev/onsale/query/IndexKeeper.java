package dev.onsale.query;

import dev.onsale.query.elastic.IndexKind;
import dev.onsale.query.elastic.Indexes;
import dev.onsale.query.rebuild.Rebuild;
import dev.onsale.query.rebuild.RebuildSource;
import dev.onsale.query.stream.Worker;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the indexes are there: makes those that are missing, at the start and whenever they vanish, and if there
 * is anything to fill them with, rebuilds them. Those of an earlier release learn the fields that are new, or are made anew if
 * their definition is not compatible.
 */
final class IndexKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(IndexKeeper.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Indexes indexes;
    private final RebuildSource everything;
    private final Rebuild rebuild;
    private final Promise<Void> current = Promise.promise();
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

    /** Done when the indexes take what this release writes. */
    Future<Void> current() {
        return current.future();
    }

    /** Makes indexes of an older, incompatible definition anew; one node does, the others wait until it has. */
    private void upgrade() throws IOException, InterruptedException {
        List<Indexes.Live> outdated =
                indexes.live().stream().filter(Indexes.Live::outdated).toList();
        if (!outdated.isEmpty()) {
            LOG.atInfo().addKeyValue("indexes", outdated).log("Indexes have an old definition; rebuilding them");
            rebuild.run();
        }
    }

    private void round() throws IOException, InterruptedException {
        Set<IndexKind> missing = indexes.missing();
        incomplete |= !missing.isEmpty();
        boolean wanted = incomplete && !everything.empty(); // What is written from now on comes as changes.
        indexes.createFirst(missing);
        if (!widened) {
            upgrade();
            indexes.widen(missing);
            widened = true;
            current.tryComplete();
        }
        if (wanted) {
            LOG.atInfo().log("Indexes were missing; rebuilding them");
            rebuild.run();
        }
        incomplete = false;
        Thread.sleep(PAUSE);
    }
}
