package dev.onsale.runtime.money;

import java.util.Currency;
import java.util.Optional;

/**
 * An amount in the minor units of a currency (cents of EUR, whole yen of JPY). Never a fraction of a minor unit.
 *
 * @param currency ISO 4217 code, three capital letters
 * @param minor how many minor units; may be negative
 */
public record Money(String currency, long minor) {
    private static final int NANO_DIGITS = 9;

    /** Checks that the currency is one. @throws IllegalArgumentException if it is none */
    public Money {
        if (digits(currency).isEmpty()) {
            throw new IllegalArgumentException("no such currency");
        }
    }

    /**
     * Reads an amount from the wire.
     *
     * @return empty if the currency is unknown, the amount has a fraction of a minor unit, units and nanos have different
     *     signs, or it does not fit a {@code long}
     */
    public static Optional<Money> parse(com.google.type.Money proto) {
        return digits(proto.getCurrencyCode())
                .flatMap(digits -> minor(proto, digits))
                .map(minor -> new Money(proto.getCurrencyCode(), minor));
    }

    /** The same amount for the wire. */
    public com.google.type.Money toProto() {
        int digits = digits(currency).orElseThrow();
        long scale = power(digits);
        return com.google.type.Money.newBuilder()
                .setCurrencyCode(currency)
                .setUnits(minor / scale)
                .setNanos((int) (minor % scale * power(NANO_DIGITS - digits)))
                .build();
    }

    /** This and another amount of the same currency. @throws IllegalArgumentException for another currency */
    public Money plus(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("cannot add " + other.currency + " to " + currency);
        }
        return new Money(currency, Math.addExact(minor, other.minor));
    }

    /** So many times this amount. */
    public Money times(int quantity) {
        return new Money(currency, Math.multiplyExact(minor, (long) quantity));
    }

    private static Optional<Long> minor(com.google.type.Money proto, int digits) {
        long units = proto.getUnits();
        long nanos = proto.getNanos();
        long nanosPerMinor = power(NANO_DIGITS - digits);
        boolean mixedSigns = (units > 0 && nanos < 0) || (units < 0 && nanos > 0);
        if (mixedSigns || nanos % nanosPerMinor != 0 || Math.abs(nanos) >= power(NANO_DIGITS)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Math.addExact(Math.multiplyExact(units, power(digits)), nanos / nanosPerMinor));
        } catch (ArithmeticException tooLarge) {
            return Optional.empty();
        }
    }

    private static Optional<Integer> digits(String code) {
        try {
            int digits = Currency.getInstance(code).getDefaultFractionDigits();
            return digits < 0 ? Optional.empty() : Optional.of(digits);
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    private static long power(int digits) {
        long power = 1;
        for (int i = 0; i < digits; i++) {
            power *= 10;
        }
        return power;
    }
}
