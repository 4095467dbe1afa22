package dev.onsale.command.gate;

import dev.onsale.runtime.admission.Admission;
import dev.onsale.runtime.admission.AdmissionFault;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What is known of one event's gate. Written by one reader of the news, read by every event loop. */
final class EventGate {

    private volatile boolean required;
    private volatile boolean roomClosed;
    private volatile int epoch;
    private final Set<String> revokedSessions = ConcurrentHashMap.newKeySet();
    private final Set<String> revokedAccounts = ConcurrentHashMap.newKeySet();
    private final Set<String> finished = ConcurrentHashMap.newKeySet();

    void set(boolean admissionRequired, boolean closed, int newEpoch) {
        epoch = newEpoch;
        roomClosed = closed;
        required = admissionRequired;
    }

    void revokeSession(String session) {
        revokedSessions.add(session);
    }

    void revokeAccount(String account) {
        revokedAccounts.add(account);
    }

    void finish(String session) {
        finished.add(session);
    }

    /** Whether such a call needs an admission: once the room is closed, looking at what one has does not. */
    boolean required(Purpose purpose) {
        return required && !(roomClosed && purpose == Purpose.LOOK);
    }

    boolean finished(Admission admission) {
        return finished.contains(admission.session());
    }

    /** Why a genuine admission is worth nothing any more; empty: it is worth something. */
    Optional<AdmissionFault> fault(Admission admission, Purpose purpose) {
        if (admission.epoch() < epoch
                || revokedAccounts.contains(admission.account())
                || revokedSessions.contains(admission.session())) {
            return Optional.of(AdmissionFault.REVOKED);
        }
        return purpose == Purpose.BUY && finished(admission) ? Optional.of(AdmissionFault.FINISHED) : Optional.empty();
    }
}
