package dev.onsale.waitingroom.line;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * What PostgreSQL says of a room.
 *
 * @param event the event
 * @param state what it does
 * @param opens when the lobby ends
 * @param waitsForBeacon whether the lobby ends only by {@link LineLedger#freeze}
 * @param rate visitors a second the line may be moved by; must be above 0
 * @param maxActive how many may shop, or be called and not have come yet, at once
 * @param claimWindow how long a called visitor has to come
 * @param session how long an admitted visitor may shop
 * @param capacity how many can join; must never change
 * @param joined entries given, by the last checkpoint; 0 if there is none
 * @param served the last position called, by the last checkpoint; 0 if there is none
 * @param lobbySize how many were drawn; 0 before the draw
 * @param lobbyDigest what was drawn, 20 bytes; empty before the draw
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record LineTerms(
        UUID event,
        LineState state,
        Instant opens,
        boolean waitsForBeacon,
        int rate,
        int maxActive,
        Duration claimWindow,
        Duration session,
        int capacity,
        long joined,
        long served,
        long lobbySize,
        byte[] lobbyDigest) {}
