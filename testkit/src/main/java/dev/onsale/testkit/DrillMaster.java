package dev.onsale.testkit;

import dev.onsale.testkit.SagaDrill.Blow;
import dev.onsale.testkit.SagaDrill.Disturbance;
import dev.onsale.testkit.SagaDrill.Moment;
import dev.onsale.testkit.SagaDrill.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Deals out the blows of the scenarios: each once, to the run it is meant for. Safe for any thread. */
public final class DrillMaster {
    private final Map<UUID, List<Blow>> open = new ConcurrentHashMap<>();
    private final Map<UUID, Scenario> scenarios = new ConcurrentHashMap<>();

    /** From now on this run goes through this scenario. */
    public void enlist(UUID subject, Scenario scenario) {
        scenarios.put(subject, scenario);
        open.put(subject, new ArrayList<>(scenario.blows()));
    }

    /** What happens to a run now. */
    public Disturbance at(Moment moment, UUID subject, String step, boolean undoing) {
        List<Blow> blows = open.get(subject);
        if (blows == null) {
            return Disturbance.NONE;
        }
        synchronized (blows) {
            for (Blow blow : blows) {
                if (blow.moment() == moment
                        && blow.undoing() == undoing
                        && blow.step().equals(step)) {
                    blows.remove(blow);
                    return blow.what();
                }
            }
            return Disturbance.NONE;
        }
    }

    /** Which runs there are. */
    public Map<UUID, Scenario> runs() {
        return Map.copyOf(scenarios);
    }

    /** Blows that never fell: a drill that leaves some has tested less than it says. */
    public List<String> missed() {
        return open.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> scenarios.get(entry.getKey()) + " missed " + entry.getValue())
                .toList();
    }
}
