package dev.onsale.command.inventory;

/**
 * By what a hold was made before the general sale.
 *
 * @param presale number of the presale in its event
 * @param fan keyed hash of the account
 * @param code number of the code; 0: the account is on a list
 */
public record PresaleEntry(int presale, String fan, long code) {

    /** Reads {@code number:fan:code}. */
    static PresaleEntry parse(String text) {
        var words = text.split(":", -1);
        if (words.length != 3) {
            throw new IllegalArgumentException("Not an entry: " + text);
        }
        return new PresaleEntry(Integer.parseInt(words[0]), words[1], Long.parseLong(words[2]));
    }

    /** As the scripts write it. */
    String text() {
        return presale + ":" + fan + ":" + code;
    }
}
