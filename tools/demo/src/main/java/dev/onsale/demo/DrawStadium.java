package dev.onsale.demo;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Prints the demo stadium as seat map JSON, ready to import. */
public final class DrawStadium {
    private DrawStadium() {}

    /** No arguments. */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println(Stadium.draw().encode());
    }
}
