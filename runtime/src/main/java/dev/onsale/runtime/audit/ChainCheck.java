package dev.onsale.runtime.audit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Follows one chain from its first entry on, and finds the first that is not as it should be. */
final class ChainCheck {
    private final String chain;
    private final TreeMap<Long, Map<String, Instant>> anchored = new TreeMap<>();
    private long seq;
    private String hash = Hashes.NONE;
    private long forgotten;
    private AuditVerdict.@Nullable Fault fault;

    /** Checks a chain, also against what these anchors say of it. */
    ChainCheck(String chain, List<Anchor> anchors) {
        this.chain = chain;
        for (Anchor anchor : anchors) {
            Anchor.Head head = anchor.heads().get(chain);
            if (head != null) {
                anchored.computeIfAbsent(head.seq(), first -> new TreeMap<>()).putIfAbsent(head.hash(), anchor.at());
            }
        }
    }

    /** The next entry as stored, in the order of their numbers. Behind the first fault nothing is looked at. */
    void next(AuditEntry entry) {
        if (fault != null) {
            return;
        }
        long expected = seq + 1;
        if (entry.seq() != expected) {
            broken(expected, "is missing: the next that is there is " + entry.seq());
        } else if (!entry.prevHash().equals(hash)) {
            broken(expected, "does not follow the entry before it: it names another hash");
        } else if (!entry.computedHash().equals(entry.hash())) {
            broken(expected, "is not what was written: its hash is another");
        } else if (entry.reason() != null && !entry.computedReasonDigest().equals(entry.reasonDigest())) {
            broken(expected, "has another reason than was given");
        } else {
            accept(entry);
        }
    }

    private void accept(AuditEntry entry) {
        anchored.getOrDefault(entry.seq(), Map.of()).forEach((seen, at) -> {
            if (!seen.equals(entry.hash())) {
                broken(entry.seq(), "is not the one that the anchor of " + AuditEntry.text(at) + " saw");
            }
        });
        if (fault == null) {
            seq = entry.seq();
            hash = entry.hash();
            forgotten += entry.reasonForgotten() ? 1 : 0;
        }
    }

    /** There are no more. */
    AuditVerdict.Chain end() {
        if (fault == null && !anchored.isEmpty() && anchored.lastKey() > seq) {
            Instant at = anchored.lastEntry().getValue().values().iterator().next();
            broken(
                    seq + 1,
                    "is missing: the anchor of " + AuditEntry.text(at) + " saw the chain end at " + anchored.lastKey());
        }
        return new AuditVerdict.Chain(chain, seq, hash, forgotten, Optional.ofNullable(fault));
    }

    private void broken(long at, String what) {
        fault = new AuditVerdict.Fault(chain, at, what);
    }
}
