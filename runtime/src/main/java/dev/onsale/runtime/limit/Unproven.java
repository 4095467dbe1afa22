package dev.onsale.runtime.limit;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.address.IpAddress;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.limit.LimitMetrics.By;
import dev.onsale.runtime.rpc.Call;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts calls that failed to prove who they are, by address and network, in this node alone: what is to be bounded is the work
 * of this node, and it must be bounded at once and whether or not Redis answers.
 */
final class Unproven {

    /** A network has more addresses than one that may be broken or hostile. */
    private static final int NETWORK_FACTOR = 5;

    private static final String NAME = "unproven";
    private static final Set<ErrorReason> PROOFS =
            Set.of(ErrorReason.ERROR_REASON_TOKEN_INVALID, ErrorReason.ERROR_REASON_ROLE_REQUIRED);

    private final LocalBuckets buckets;
    private final LimitMetrics metrics;
    private final Rate ofAddress;
    private final Rate ofNetwork;

    Unproven(LimitConfig config, LimitMetrics metrics) {
        this.buckets = new LocalBuckets(config.remembered());
        this.metrics = metrics;
        this.ofAddress = config.unproven();
        this.ofNetwork = config.unproven().times(NETWORK_FACTOR);
    }

    /** What a call gets whose token would have to be verified; null: it may be. */
    @Nullable Refusal refusal(Call call) {
        var address = call.address();
        if (address == null) {
            return null;
        }
        for (var bucket : bucketsOf(address)) {
            var verdict = buckets.look(bucket, 1);
            if (!verdict.passes()) {
                metrics.refused(NAME, By.NODE);
                return Limits.refusal(verdict);
            }
        }
        return null;
    }

    void failed(Call call, Throwable failure) {
        var address = call.address();
        if (address != null && failure instanceof Refusal refusal && PROOFS.contains(refusal.reason())) {
            buckets.take(bucketsOf(address), 1);
        }
    }

    private List<Bucket> bucketsOf(IpAddress address) {
        return List.of(new Bucket(NAME, address.toString(), ofAddress), new Bucket(NAME, address.network(), ofNetwork));
    }
}
