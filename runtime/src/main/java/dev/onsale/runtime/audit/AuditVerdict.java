package dev.onsale.runtime.audit;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of computing a log again.
 *
 * @param chains every chain that is there, or that an anchor knows
 * @param anchors how many anchors they were compared with
 * @param faults what is wrong apart from the chains, e.g. an anchor that was not signed by us
 */
public record AuditVerdict(List<Chain> chains, int anchors, List<String> faults) {

    /**
     * The first entry of a chain that is not as it should be.
     *
     * @param chain the chain
     * @param seq the entry
     * @param what is wrong with it
     */
    public record Fault(String chain, long seq, String what) {
        @Override
        public String toString() {
            return chain + " entry " + seq + " " + what;
        }
    }

    /**
     * A chain.
     *
     * @param chain its name
     * @param entries how many are as they should be, from the first on
     * @param hash of the last of these
     * @param forgotten how many of these had a reason that was forgotten
     * @param fault the first that is not; empty: all are
     */
    public record Chain(String chain, long entries, String hash, long forgotten, Optional<Fault> fault) {}

    /** Whether all is as it should be. */
    public boolean clean() {
        return faults.isEmpty()
                && chains.stream().allMatch(chain -> chain.fault().isEmpty());
    }

    /** What is wrong, in words. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>(faults);
        chains.forEach(chain -> chain.fault().ifPresent(fault -> problems.add(fault.toString())));
        return problems;
    }

    /** Where the chains ended: to be kept, and given to the next who verifies. */
    public Anchor anchor(Instant now) {
        SortedMap<String, Anchor.Head> heads = new TreeMap<>();
        chains.forEach(chain -> heads.put(chain.chain(), new Anchor.Head(chain.entries(), chain.hash())));
        return new Anchor("", now, heads, "");
    }

    /** For programs. */
    public JsonObject toJson() {
        JsonArray all = new JsonArray();
        for (Chain chain : chains) {
            JsonObject one = new JsonObject()
                    .put("chain", chain.chain())
                    .put("entries", chain.entries())
                    .put("hash", chain.hash())
                    .put("reasons_forgotten", chain.forgotten());
            chain.fault()
                    .ifPresent(fault -> one.put(
                            "fault", new JsonObject().put("seq", fault.seq()).put("what", fault.what())));
            all.add(one);
        }
        return new JsonObject()
                .put("clean", clean())
                .put("anchors", anchors)
                .put("problems", new JsonArray(problems()))
                .put("chains", all);
    }
}
