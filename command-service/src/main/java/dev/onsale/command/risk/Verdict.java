package dev.onsale.command.risk;

import dev.onsale.proto.risk.v1.VerdictKind;
import java.util.Locale;

/** What becomes of a call. */
enum Verdict {
    ALLOW(VerdictKind.VERDICT_KIND_UNSPECIFIED),
    CHALLENGE(VerdictKind.VERDICT_KIND_CHALLENGE),
    SLOW(VerdictKind.VERDICT_KIND_SLOW),
    DENY(VerdictKind.VERDICT_KIND_DENY);

    private final VerdictKind kind;

    Verdict(VerdictKind kind) {
        this.kind = kind;
    }

    VerdictKind kind() {
        return kind;
    }

    /** As it is stored. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Verdict ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    static Verdict of(VerdictKind kind) {
        return switch (kind) {
            case VERDICT_KIND_CHALLENGE -> CHALLENGE;
            case VERDICT_KIND_SLOW -> SLOW;
            case VERDICT_KIND_DENY -> DENY;
            case VERDICT_KIND_UNSPECIFIED, UNRECOGNIZED -> ALLOW;
        };
    }
}
