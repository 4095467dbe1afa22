package dev.onsale.payment.simulator;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What a payment token makes the simulator do. A token is a behaviour's name, alone or followed by {@code _} and anything
 * (to be unique). Tokens that name none are declined.
 */
enum Behaviour {
    /** Everything works; the webhook about each step comes after its answer. */
    APPROVE("tok_approve"),
    /** The authorization is declined with {@code card_declined}. */
    DECLINE("tok_decline"),
    /** The authorization is declined with {@code insufficient_funds}. */
    DECLINE_INSUFFICIENT_FUNDS("tok_decline_insufficient_funds"),
    /** The authorization never arrives: no effect, no answer. */
    TIMEOUT("tok_timeout"),
    /** The authorization happens; the first answer is lost. */
    LOST_ANSWER("tok_lost_answer"),
    /** The authorization happens, and is answered, only after five seconds. */
    LATE_ANSWER("tok_late_answer"),
    /** The first authorization call gets an error and has no effect; the same call again works. */
    ERROR_500("tok_error_500"),
    /** Like it, but the error is kept under its key and given again; only another key works. */
    STICKY_500("tok_sticky_500"),
    /** The first two capture calls get an error and have no effect. */
    CAPTURE_FAILS_TWICE("tok_capture_fails_twice"),
    /** The first key of the capture gets an error, and gets it again whenever it comes; only another key works. */
    CAPTURE_STICKY_500("tok_capture_sticky_500"),
    /** The capture is refused for good with {@code authorization_expired}; the money stays reserved until it is voided. */
    CAPTURE_REFUSED("tok_capture_refused"),
    /** The capture takes one minor unit less than was reserved; its answer is lost. */
    OTHER_AMOUNT("tok_other_amount"),
    /** The capture happens; its first answer is lost. */
    CAPTURE_LOST_ANSWER("tok_capture_lost_answer"),
    /** Each void happens; its first answer is lost. */
    VOID_LOST_ANSWER("tok_void_lost_answer"),
    /** The first two calls of each void never arrive. */
    VOID_TIMEOUT("tok_void_timeout"),
    /** Each refund happens; its first answer is lost. */
    REFUND_LOST_ANSWER("tok_refund_lost_answer"),
    /** Every refund is refused with {@code insufficient_balance}. */
    REFUND_REFUSED("tok_refund_refused"),
    /** The first two refunds are refused like that, whatever their keys; then they work. */
    REFUND_REFUSED_TWICE("tok_refund_refused_twice"),
    /** The first twenty refund calls get an error and have no effect. */
    REFUND_FAILS_20("tok_refund_fails_20"),
    /** Each answer waits until its webhook was taken. */
    WEBHOOK_BEFORE("tok_webhook_before"),
    /** Every webhook comes twice. */
    WEBHOOK_TWICE("tok_webhook_twice"),
    /** The webhook of the authorization comes after those of what follows it. */
    WEBHOOK_OUT_OF_ORDER("tok_webhook_out_of_order"),
    /** No webhook ever comes. */
    WEBHOOK_NEVER("tok_webhook_never"),
    /** Webhooks come much later: a day, unless {@code payment.simulator.webhook-late-by} says otherwise. */
    WEBHOOK_LATE("tok_webhook_late"),
    /** No answer to the authorization ever comes: only its webhook. */
    WEBHOOK_ONLY("tok_webhook_only"),
    /** Every call and webhook has a fate of its own, drawn from the token: see {@link Chaos}. */
    CHAOS("tok_chaos"),
    /** No such token: declined with {@code invalid_token}. */
    INVALID("");

    private static final List<Behaviour> LONGEST_FIRST = Arrays.stream(values())
            .filter(behaviour -> behaviour != INVALID)
            .sorted(Comparator.comparingInt((Behaviour behaviour) -> behaviour.token.length())
                    .reversed())
            .toList();

    private final String token;

    Behaviour(String token) {
        this.token = token;
    }

    static Behaviour of(String paymentToken) {
        for (Behaviour behaviour : LONGEST_FIRST) {
            if (paymentToken.equals(behaviour.token) || paymentToken.startsWith(behaviour.token + "_")) {
                return behaviour;
            }
        }
        return INVALID;
    }

    /** Why an authorization with this token is declined; empty: it is not. */
    static String declineCode(String token) {
        Behaviour behaviour = of(token);
        return switch (behaviour) {
            case CHAOS -> Chaos.of(token).declineCode();
            case DECLINE -> "card_declined";
            case DECLINE_INSUFFICIENT_FUNDS -> "insufficient_funds";
            case INVALID -> "invalid_token";
            default -> "";
        };
    }
}
