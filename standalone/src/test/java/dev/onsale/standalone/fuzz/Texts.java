package dev.onsale.standalone.fuzz;

import java.util.SplittableRandom;

/** Changes signed texts so that they are others, but look alike. */
final class Texts {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static final int SIGNATURE_LETTERS = 80;

    private Texts() {}

    /** Never the same. */
    static String change(SplittableRandom random, String text) {
        int from = random.nextBoolean()
                ? 0
                : Math.max(0, text.length() - SIGNATURE_LETTERS); // What it says, or who says so.
        int at = from + random.nextInt(Math.max(1, text.length() - from));
        String changed = switch (random.nextInt(9)) {
            case 0, 1 -> text.substring(0, at) + letter(random) + text.substring(Math.min(text.length(), at + 1));
            case 2 -> text.substring(0, at);
            case 3 -> text + letter(random);
            case 4 -> text + "=";
            case 5 -> text.substring(0, at) + text.substring(Math.min(text.length(), at + 1 + random.nextInt(3)));
            case 6 -> lastBits(random, text);
            case 7 -> text.replace(".", random.nextBoolean() ? "" : "..");
            default -> text.length() > 4 ? text.substring(at) + text.substring(0, at) : letter(random);
        };
        return changed.equals(text) ? text + letter(random) : changed;
    }

    private static String letter(SplittableRandom random) {
        return String.valueOf(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }

    /** The last letter of base64url may have bits that mean nothing: another way to write the same bytes. */
    private static String lastBits(SplittableRandom random, String text) {
        int last = text.isEmpty() ? -1 : ALPHABET.indexOf(text.charAt(text.length() - 1));
        return last < 0 ? text : text.substring(0, text.length() - 1) + ALPHABET.charAt(last ^ 1 + random.nextInt(3));
    }
}
