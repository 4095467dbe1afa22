/**
 * The HTTP port for the people and machines that run the service: health and metrics. Never exposed to callers.
 */
@NullMarked
package dev.onsale.runtime.management;

import org.jspecify.annotations.NullMarked;
