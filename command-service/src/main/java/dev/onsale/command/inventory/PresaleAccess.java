package dev.onsale.command.inventory;

import java.util.Arrays;

/** Whom a presale is open to. */
public enum PresaleAccess {
    /** Who has a code. */
    CODE("c"),
    /** Who is on its list. */
    LIST("l"),
    /** Who is on its list and has a code. */
    CODE_AND_LIST("b");

    private final String letter;

    PresaleAccess(String letter) {
        this.letter = letter;
    }

    /** As the scripts write it. */
    String letter() {
        return letter;
    }

    static PresaleAccess of(String letter) {
        return Arrays.stream(values())
                .filter(access -> access.letter.equals(letter))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(letter));
    }
}
