/**
 * Amounts of money: whole minor units of one currency inside the services, {@code google.type.Money} on the wire.
 *
 * <p>Requests come in through {@link dev.onsale.runtime.money.Money#parse}; everything after that is a {@code long} of minor
 * units; answers go out through {@link dev.onsale.runtime.money.Money#toProto()}.
 */
@NullMarked
package dev.onsale.runtime.money;

import org.jspecify.annotations.NullMarked;
