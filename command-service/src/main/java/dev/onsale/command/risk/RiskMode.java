package dev.onsale.command.risk;

/** What verdicts do. */
enum RiskMode {
    /** Nothing is measured. */
    OFF,
    /** Verdicts are made and recorded; calls go on as if nothing had been. */
    OBSERVE,
    /** Verdicts are carried out. */
    ENFORCE
}
