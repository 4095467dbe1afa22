package dev.onsale.command.catalog.seatmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeatPlanTest {
    private final SeatPlan plan = SeatPlan.of(new SeatMap(
            "Hall",
            List.of(
                    new SeatMap.Section(
                            "A",
                            "A",
                            List.of(),
                            List.of(
                                    new SeatMap.Row(
                                            "1", List.of(run(1, 3), run(10, 2)), Set.of(1), Set.of(2), Set.of(2, 11)),
                                    new SeatMap.Row("2", List.of(run(1, 1)), Set.of(), Set.of(), Set.of()))),
                    new SeatMap.Section(
                            "B",
                            "B",
                            List.of(),
                            List.of(new SeatMap.Row("1", List.of(run(5, 2)), Set.of(), Set.of(), Set.of())))),
            List.of(new SeatMap.Area("F", "Floor", 9, List.of()))));

    @Test
    void numbersSeatsInOrderWithASeparatorAfterEachRun() {
        assertThat(plan.seatCount()).isEqualTo(8);
        assertThat(plan.ordinals()).isEqualTo(12);
        assertThat(List.of(0, 1, 2, 4, 5, 7, 9, 10)).allMatch(plan::isSeat);
        assertThat(List.of(-1, 3, 6, 8, 11, 12)).noneMatch(plan::isSeat);
        assertThat(plan.sectionRange(0)).isEqualTo(new OrdinalRange(0, 9));
        assertThat(plan.sectionRange(1)).isEqualTo(new OrdinalRange(9, 12));
    }

    @Test
    void findsEverySeatByItsNameAndNamesEverySeat() {
        assertThat(plan.ordinal("A-1-11")).hasValue(5);
        assertThat(plan.ordinal("B-1-6")).hasValue(10);
        assertThat(plan.place(5)).isEqualTo(new SeatPlace(5, 0, "A", "1", 11, 0, true));
        assertThat(plan.place(1)).isEqualTo(new SeatPlace(1, 0, "A", "1", 2, 2, true));
        for (int ordinal = 0; ordinal < plan.ordinals(); ordinal++) {
            if (plan.isSeat(ordinal)) {
                SeatPlace seat = plan.place(ordinal);
                assertThat(plan.ordinal(seat.section() + "-" + seat.row() + "-" + seat.number()))
                        .hasValue(ordinal);
            }
        }
    }

    @Test
    void knowsNoOtherNames() {
        assertThat(List.of("A-1-4", "A-1-01", "A-1-", "A-1", "A", "", "-", "A-1--1", "C-1-1", "A-1-999999", "A-3-1"))
                .allMatch(name -> plan.ordinal(name).isEmpty());
        assertThatThrownBy(() -> plan.place(3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static SeatMap.Run run(int first, int count) {
        return new SeatMap.Run(first, count, new SeatMap.Line(0, 0, 5, 0));
    }
}
