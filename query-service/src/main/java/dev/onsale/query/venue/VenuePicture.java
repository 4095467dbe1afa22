package dev.onsale.query.venue;

import dev.onsale.query.seatmap.SeatState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What a picture shows. Two pictures with the same tag are the same, dot by dot: the levels are coarse, so that a picture
 * stays what it is while single seats are sold.
 *
 * @param plan the shapes
 * @param title above the picture; empty: none
 * @param levels how each shape is coloured
 */
record VenuePicture(VenuePlan plan, String title, List<Level> levels) {
    static VenuePicture plain(VenuePlan plan) {
        return new VenuePicture(plan, "", Collections.nCopies(plan.shapes().size(), Level.PLAIN));
    }

    static VenuePicture live(VenuePlan plan, String title, SeatState state) {
        List<Level> levels = new ArrayList<>();
        state.sections().forEach(section -> levels.add(Level.of(section.counts())));
        state.areas().forEach(area -> levels.add(Level.of(area.counts())));
        return new VenuePicture(plan, title, List.copyOf(levels));
    }

    boolean isLive() {
        return levels.stream().anyMatch(level -> level != Level.PLAIN);
    }

    /** Names what is shown. */
    String tag() {
        StringBuilder shown = new StringBuilder(title).append('\n');
        levels.forEach(level -> shown.append(level).append(' '));
        CRC32C crc = new CRC32C();
        crc.update(shown.toString().getBytes(StandardCharsets.UTF_8));
        return plan.hash() + "-" + Long.toHexString(crc.getValue());
    }
}
