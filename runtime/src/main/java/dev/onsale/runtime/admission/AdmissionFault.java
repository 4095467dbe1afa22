package dev.onsale.runtime.admission;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Why a caller is not let in. The words are always the same; the cause is told only to the rightful account. */
public enum AdmissionFault {
    /** The call shows no admission. */
    MISSING,
    /** It shows none of this account's and event's, or one that is not genuine. */
    INVALID,
    /** The session is over. */
    EXPIRED,
    /** An operator has ended the session, or all of its epoch. */
    REVOKED,
    /** The session has ended with a booking. */
    FINISHED,
    /** The admission is bound to a device whose proof is missing or wrong. */
    PROOF;

    /** What the caller is answered. */
    public Refusal refusal() {
        return Refusal.of(ErrorReason.ERROR_REASON_ADMISSION_REQUIRED, "A live admission to this event is required")
                .with("cause", word());
    }

    /** The cause a refusal gives; empty if it is about something else. */
    public static Optional<AdmissionFault> of(Refusal refusal) {
        return Stream.of(values())
                .filter(fault -> refusal.reason() == ErrorReason.ERROR_REASON_ADMISSION_REQUIRED
                        && fault.word().equals(refusal.metadata().get("cause")))
                .findFirst();
    }

    /** The word in the refusal's metadata {@code cause}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
