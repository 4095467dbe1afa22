package dev.onsale.payment.provider;

/**
 * What a provider knows of a payment.
 *
 * @param standing where it stands there
 * @param amountMinor what it is for, in minor units
 * @param currency ISO 4217 code of all amounts; empty: the provider knows of no amount
 * @param capturedMinor captured so far, in minor units
 * @param refundedMinor refunded so far, in minor units
 * @param reference the provider's own id of it; empty if it has none
 * @param declineCode why it was declined; empty if it was not
 */
public record ProviderView(
        Standing standing,
        long amountMinor,
        String currency,
        long capturedMinor,
        long refundedMinor,
        String reference,
        String declineCode) {

    /** A payment the provider has never heard of (so far: a call may still be under way to it). */
    public static final ProviderView ABSENT = new ProviderView(Standing.ABSENT, 0, "", 0, 0, "", "");

    /** Where a payment stands at the provider. */
    public enum Standing {
        /** Never heard of. */
        ABSENT,
        /** Money is reserved. */
        AUTHORIZED,
        /** Refused. */
        DECLINED,
        /** Money was taken (and perhaps given back since: see the amounts). */
        CAPTURED,
        /** Closed: reserved money was let go, or none may ever be reserved. */
        VOIDED
    }
}
