package dev.onsale.query.venue;

import dev.onsale.query.seatmap.SeatState;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/**
 * What a picture shows. Two pictures with the same tag are the same, dot by dot: the levels are coarse, so that a picture
 * stays what it is while single seats are sold.
 *
 * @param plan the shapes
 * @param title above the picture; empty: none
 * @param levels how each shape is coloured
 */
record VenuePicture(VenuePlan plan, String title, List<Level> levels) {
    /** To be changed with every change of how pictures are drawn. */
    private static final String STYLE = "1";

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

    /** Names what is shown, and how this version draws it. */
    String tag() {
        StringBuilder shown =
                new StringBuilder(STYLE).append('\n').append(title).append('\n');
        levels.forEach(level -> shown.append(level).append(' '));
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(shown.toString().getBytes(StandardCharsets.UTF_8));
            return plan.hash() + "-" + HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
