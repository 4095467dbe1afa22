package dev.onsale.command.ticket;

import java.security.SecureRandom;

/** Makes references for people: no letters or digits that look alike, in groups of four. Random: 40 bits. */
public final class References {
    private static final String ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static final SecureRandom RANDOM = new SecureRandom();

    private References() {}

    /** E.g. {@code K7QM-2XPA}. */
    public static String booking() {
        return group() + "-" + group();
    }

    /** E.g. {@code T-8FK2-QM4X}. */
    public static String ticket() {
        return "T-" + booking();
    }

    private static String group() {
        StringBuilder group = new StringBuilder(4);
        for (int i = 0; i < 4; i++) {
            group.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return group.toString();
    }
}
