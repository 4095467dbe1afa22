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
 * @param rate visitors a second the line may be moved by; must be above 0
 * @param maxActive how many may shop, or be called and not have come yet, at once
 * @param claimWindow how long a called visitor has to come
 * @param session how long an admitted visitor may shop
 * @param capacity how many can join; must never change
 * @param joined entries given, by the last checkpoint; 0 if there is none
 * @param served the last position called, by the last checkpoint; 0 if there is none
 * @param lobbySize how many were drawn; 0 before the draw
 * @param digest what was drawn; before the draw: of the lobby as far as it was noted
 */
public record LineTerms(
        UUID event,
        LineState state,
        Instant opens,
        int rate,
        int maxActive,
        Duration claimWindow,
        Duration session,
        int capacity,
        long joined,
        long served,
        long lobbySize,
        LobbyDigest digest) {}
