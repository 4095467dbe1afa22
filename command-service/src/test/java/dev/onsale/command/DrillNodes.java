package dev.onsale.command;

import static org.awaitility.Awaitility.await;

import dev.onsale.command.booking.SagaNode;
import dev.onsale.command.saga.SagaProbe;
import dev.onsale.testkit.DrillMaster;
import dev.onsale.testkit.SagaDrill;
import dev.onsale.testkit.SagaDrill.Disturbance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Nodes that run sagas, and are disturbed while they do. The office's own node must run none. */
public final class DrillNodes {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final BoxOffice office;
    private final DrillMaster master;
    private final List<SagaNode> nodes = new ArrayList<>();

    /** Nodes of this office, disturbed by this master; none yet. */
    public DrillNodes(BoxOffice office, DrillMaster master) {
        this.office = office;
        this.master = master;
    }

    /** Starts two. Runs that must meet their blows from their first step are begun before. */
    public void startTwo() {
        nodes.add(SagaNode.start(office, probe()));
        nodes.add(SagaNode.start(office, probe()));
    }

    /** Stops all. */
    public void stop() {
        nodes.forEach(SagaNode::stop);
        nodes.clear();
    }

    /** Waits until no saga is left. */
    public void ended() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> office.text("SELECT count(*) FROM sagas WHERE state IN ('running', 'compensating')")
                        .equals("0"));
    }

    private SagaProbe probe() {
        return (moment, visit) -> {
            Disturbance what =
                    master.at(SagaDrill.Moment.valueOf(moment.name()), visit.subject(), visit.step(), visit.undoing());
            return SagaProbe.Interference.valueOf(what.name());
        };
    }
}
