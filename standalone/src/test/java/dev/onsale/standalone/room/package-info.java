/** Waiting rooms as a service: real nodes, real stores, a real sale behind them; visitors and operators call by gRPC. */
@NullMarked
package dev.onsale.standalone.room;

import org.jspecify.annotations.NullMarked;
