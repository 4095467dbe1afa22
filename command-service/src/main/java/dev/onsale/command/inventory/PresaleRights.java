package dev.onsale.command.inventory;

import java.util.ArrayList;
import java.util.List;

/**
 * What a fan may do before the general sale, as PostgreSQL knows it. Whether that lets the fan in, a script decides.
 *
 * @param fan keyed hash of the account; empty: nobody has looked
 * @param text as {@code redis/part/presale.lua} reads it
 */
public record PresaleRights(String fan, String text) {
    /** Nobody has looked. */
    public static final PresaleRights UNKNOWN = new PresaleRights("", "");

    /** Somebody who may do nothing. */
    public static PresaleRights of(String fan) {
        return new PresaleRights(fan, "");
    }

    /** Also on the list of the presale with this number. */
    public PresaleRights listed(int presale) {
        return and(presale + ":list");
    }

    /** Also with a code of the presale with this number, which so many accounts can use. */
    public PresaleRights withCode(int presale, long code, int uses) {
        return and(presale + ":" + code + ":" + uses);
    }

    private PresaleRights and(String word) {
        var words = new ArrayList<String>(text.isEmpty() ? List.of() : List.of(text));
        words.add(word);
        return new PresaleRights(fan, String.join(",", words));
    }
}
