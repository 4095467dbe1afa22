/**
 * What every service shares. A service's {@code main} takes its settings from {@code config}, opens its parts through
 * {@code service}, and serves calls through {@code rpc}; handlers reach stores through {@code redis} and {@code sql}.
 */
@NullMarked
package dev.onsale.runtime;

import org.jspecify.annotations.NullMarked;
