package dev.onsale.command.catalog;

import dev.onsale.runtime.money.Money;

/**
 * What one ticket of a tier costs, in minor units of the event's currency.
 *
 * @param currency ISO 4217 code
 * @param faceMinor face value
 * @param feeMinor fees
 * @param taxMinor tax
 */
public record Price(String currency, long faceMinor, long feeMinor, long taxMinor) {
    /** What a fan pays for one. */
    public Money allIn() {
        return new Money(currency, Math.addExact(faceMinor, Math.addExact(feeMinor, taxMinor)));
    }

    /** Face value. */
    public Money face() {
        return new Money(currency, faceMinor);
    }

    /** Fees. */
    public Money fee() {
        return new Money(currency, feeMinor);
    }

    /** Tax. */
    public Money tax() {
        return new Money(currency, taxMinor);
    }
}
