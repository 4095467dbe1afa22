package dev.onsale.runtime.config;

import java.util.List;

/** The settings don't hold together; the message lists every fault on its own line. */
public final class ConfigFault extends RuntimeException {

    private final List<String> faults;

    ConfigFault(List<String> faults) {
        super(String.join("\n", faults));
        this.faults = List.copyOf(faults);
    }

    /** Each fault, e.g. {@code hold.max-seats: 11 (expected: 1 to 10)}. */
    public List<String> faults() {
        return faults;
    }
}
