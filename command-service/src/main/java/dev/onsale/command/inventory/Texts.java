package dev.onsale.command.inventory;

import dev.onsale.command.catalog.SaleTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Arguments of a script. */
record Texts(List<String> list) {

    static Texts of(Object... values) {
        return new Texts(Stream.of(values).map(String::valueOf).toList());
    }

    /** Start, end, limit, time to live, hard maximum. */
    static Texts of(SaleTerms terms) {
        return of(
                terms.start().toEpochMilli(),
                terms.end().toEpochMilli(),
                terms.ticketLimit(),
                terms.holdTtl().toMillis(),
                terms.holdHardMax().toMillis());
    }

    List<String> and(List<String> more) {
        var all = new ArrayList<>(list);
        all.addAll(more);
        return all;
    }
}
