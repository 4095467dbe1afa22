/**
 * What accounts did, kept for support: each call that changes something, how it ended, and what it was about.
 *
 * <p>A call that has ended passes from the RPC server to {@link dev.onsale.runtime.activity.ActivityLog}, which takes out of it
 * what support may see ({@link dev.onsale.runtime.activity.Facts}) and writes it, with others, into the table `activity` of the
 * service's own schema. It never holds a call up: what can't be written in time is left out, and counted.
 */
@NullMarked
package dev.onsale.runtime.activity;

import org.jspecify.annotations.NullMarked;
