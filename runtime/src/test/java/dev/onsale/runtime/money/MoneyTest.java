package dev.onsale.runtime.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MoneyTest {
    @Test
    void readsAndWritesTheSameAmount() {
        assertThat(Money.parse(proto("EUR", 12, 340_000_000))).contains(new Money("EUR", 1234));
        assertThat(new Money("EUR", 1234).toProto()).isEqualTo(proto("EUR", 12, 340_000_000));
        assertThat(new Money("JPY", 500).toProto()).isEqualTo(proto("JPY", 500, 0));
        assertThat(new Money("KWD", -1_005).toProto()).isEqualTo(proto("KWD", -1, -5_000_000));
    }

    @Test
    void refusesWhatIsNoWholeNumberOfMinorUnits() {
        assertThat(Money.parse(proto("EUR", 1, 1))).isEmpty();
        assertThat(Money.parse(proto("JPY", 1, 10_000_000))).isEmpty();
        assertThat(Money.parse(proto("EUR", 1, -10_000_000))).isEmpty();
        assertThat(Money.parse(proto("EUR", 0, 1_000_000_000))).isEmpty();
        assertThat(Money.parse(proto("EUR", Long.MAX_VALUE, 0))).isEmpty();
        assertThat(Money.parse(proto("", 1, 0))).isEmpty();
        assertThat(Money.parse(proto("eur", 1, 0))).isEmpty();
        assertThat(Money.parse(proto("XXX", 1, 0))).isEmpty();
    }

    @Test
    void neverAddsTwoCurrencies() {
        Money euro = new Money("EUR", 1);

        assertThatThrownBy(() -> euro.plus(new Money("USD", 1))).isInstanceOf(IllegalArgumentException.class);
        assertThat(euro.plus(euro).times(3)).isEqualTo(new Money("EUR", 6));
    }

    private static com.google.type.Money proto(String currency, long units, int nanos) {
        return com.google.type.Money.newBuilder()
                .setCurrencyCode(currency)
                .setUnits(units)
                .setNanos(nanos)
                .build();
    }
}
