package dev.onsale.standalone.fuzz;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/** Pieces of URLs and headers that are not what they should be, without anything that would end the line. */
final class Strings {

    private static final List<String> PIECES = List.of(
            "%00",
            "%zz",
            "%",
            "%2",
            "%2f..%2f",
            "%252e",
            "..",
            "//",
            ";a=b",
            "\\",
            "*",
            "%ff%fe",
            "%u0041",
            "\u00e9",
            "+",
            "{x}",
            "|",
            "%0d%0aX:1",
            "#",
            "?",
            "&&",
            "=",
            "~",
            "[",
            "`",
            "\"",
            "%C0%AE",
            "%ED%A0%80");

    private Strings() {}

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static String raw(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    /** The path with something in it that was not there. */
    static String path(SplittableRandom random, String path) {
        int at = 1 + random.nextInt(path.length());
        return switch (random.nextInt(4)) {
            case 0 -> path.substring(0, at);
            case 1 -> path + "/" + raw(random);
            default -> path.substring(0, at) + raw(random) + path.substring(at);
        };
    }
}
