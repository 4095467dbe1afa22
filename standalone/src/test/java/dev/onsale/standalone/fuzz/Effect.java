package dev.onsale.standalone.fuzz;

import java.util.Set;
import java.util.regex.Pattern;

/** What a call of a method can change, and so with whose token a mutant of it may be sent. */
public enum Effect {
    /** Nothing: any token, any ids. */
    READS,
    /** What it names: the right role, but only names of nothing, or of what is somebody else's. */
    NAMES,
    /** It makes something, or nobody has told yet: the right role only with a request that the rules refuse. */
    MAKES;

    private static final Pattern READING =
            Pattern.compile("(Get|List|Search|BatchGet|Watch|Verify|Quote|Export)[A-Z].*");
    private static final Set<String> NAMING = Set.of(
            "CreateHold",
            "ReleaseHold",
            "SwapHold",
            "CreateBooking",
            "CancelBooking",
            "RefundBooking",
            "RetryRefund",
            "SettleRefund",
            "CreateEvent",
            "SetPrices",
            "SetRefundPolicy",
            "SetEventSeries",
            "BlockSeats",
            "UnblockSeats",
            "OpenSale",
            "CloseSale",
            "CancelEvent",
            "PostponeEvent",
            "RepairInventory",
            "Capture",
            "Refund",
            "CheckInTicket",
            "TransferTicket",
            "OpenRoom",
            "PauseRoom",
            "ResumeRoom",
            "CloseRoom",
            "SetDrain",
            "RevokeAdmissions",
            "JoinRoom",
            "ClaimAdmission",
            "ReenterRoom",
            "LeaveRoom",
            "AuditInventory"); // Reads, but so much that the large event is not to be named a thousand times.

    /** Of what is open to everybody even a stranger's call changes something. */
    private static final Set<String> OPEN_TO_ALL = Set.of("CreateHold", "JoinRoom");

    static Effect of(String method) {
        return NAMING.contains(method) ? NAMES : READING.matcher(method).matches() ? READS : MAKES;
    }

    /** Whether a call of a stranger may name what is there. */
    static boolean strangersMayName(String method) {
        return !OPEN_TO_ALL.contains(method);
    }
}
