package dev.onsale.runtime.limit;

import dev.onsale.runtime.rpc.Call;
import org.jspecify.annotations.Nullable;

/** By what calls are limited: finds the bucket that a call takes from. */
@FunctionalInterface
public interface Dimension {

    /** The call's bucket; null if it has none here, e.g. none of its account if it has no token. */
    @Nullable Bucket bucketOf(Call call);
}
