/**
 * The payment adapter: moves money through a provider, exactly once. {@link dev.onsale.payment.PaymentMain} puts it
 * together: {@code provider} is the port, {@code simulator} a provider without money, {@code movement} the payments.
 */
@NullMarked
package dev.onsale.payment;

import org.jspecify.annotations.NullMarked;
