package dev.onsale.payment.simulator;

/** What the bank can be told to do. */
enum BankVerb {
    AUTHORIZE,
    CAPTURE,
    VOID,
    REFUND
}
