package dev.onsale.command.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onsale.command.catalog.seatmap.OrdinalRange;
import dev.onsale.proto.inventory.v1.Quote;
import dev.onsale.runtime.money.Money;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuoteMakerTest {
    private final EventDetail event = EventDetails.smallHall();

    @Test
    void addsUpOneLineATierAllIn() {
        Quote quote = QuoteMaker.quote(event, 1, List.of(0, 1), Map.of(0, 3));

        assertThat(Money.parse(quote.getTotal())).contains(new Money("EUR", 2 * 4708 + 3 * 2500));
        assertThat(quote.getLinesList())
                .extracting(line -> line.getPriceTier() + " x " + line.getQuantity())
                .containsExactly("SEATED x 2", "STANDING x 3");
    }

    @Test
    void keepsThePricesOfTheVersionAskedFor() {
        assertThat(Money.parse(QuoteMaker.quote(event, 2, List.of(0), Map.of()).getTotal()))
                .contains(new Money("EUR", 5000));
        assertThatThrownBy(() -> QuoteMaker.quote(event, 3, List.of(0), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givesATierTheRangesOfItsSectionsJoined() {
        assertThat(event.tierRanges("SEATED")).containsExactly(new OrdinalRange(0, 8));
        assertThat(event.tierRanges("STANDING")).isEmpty();
        assertThat(event.section("B")).contains(new OrdinalRange(4, 8));
        assertThat(event.seat(4).seatId()).isEqualTo("B-1-1");
    }
}
