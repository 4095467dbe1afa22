/**
 * What a service shows of itself: counters and timers for Prometheus, traces for OpenTelemetry when asked for.
 */
@NullMarked
package dev.onsale.runtime.telemetry;

import org.jspecify.annotations.NullMarked;
