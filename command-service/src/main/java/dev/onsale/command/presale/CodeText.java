package dev.onsale.command.presale;

import java.util.Locale;

/** Presale codes as text: 80 bits in 16 digits and letters that can't be mistaken for each other (Crockford's base 32). */
final class CodeText {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 16;
    private static final int GROUP = 4;
    private static final int BITS = 5;

    private CodeText() {}

    /** A code of the first 80 of these bits, e.g. {@code 7KQ2-M9XD-04TB-WZ8H}. */
    static String of(byte[] random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            if (i > 0 && i % GROUP == 0) {
                text.append('-');
            }
            text.append(ALPHABET.charAt(bits(random, i * BITS)));
        }
        return text.toString();
    }

    private static int bits(byte[] random, int from) {
        int value = 0;
        for (int bit = from; bit < from + BITS; bit++) {
            int one = (random[bit / Byte.SIZE] >> (Byte.SIZE - 1 - bit % Byte.SIZE)) & 1;
            value = (value << 1) | one;
        }
        return value;
    }

    /** The form in which two texts are the same code: capitals, without spaces and dashes, O as 0, I and L as 1. */
    static String canonical(String text) {
        return text.replaceAll("[ -]", "")
                .toUpperCase(Locale.ROOT)
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
    }
}
