package dev.onsale.waitingroom.line;

import java.time.Instant;

/**
 * Where a line is. A visitor whose entry is beyond the lobby has the position of the same number.
 *
 * @param state what it does
 * @param now Redis's time
 * @param served the last position called
 * @param firstCalled the first position this very operation called; 0 if it called none
 * @param joined entries given, re-entries included
 * @param lobbySize how many are drawn; 0 as long as the lobby lasts
 * @param lobbyDigest rolling SHA-1 over the fingerprints of the lobby, 20 bytes; zeros at the start, see {@link LobbyDigest}
 * @param active sessions under way
 * @param pending positions called, neither claimed nor left, with time left to come
 * @param absent positions whose window ended without a claim
 * @param admitted sessions begun
 * @param abandoned sessions ended without a booking
 * @param finished sessions ended with a booking
 * @param left visitors who left before or at their turn
 * @param mostActive most sessions there ever were at once
 * @param rate visitors a second the line may be moved by
 * @param absentUpTo positions up to this have passed their window
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record LineTick(
        LineState state,
        Instant now,
        long served,
        long firstCalled,
        long joined,
        long lobbySize,
        byte[] lobbyDigest,
        long active,
        long pending,
        long absent,
        long admitted,
        long abandoned,
        long finished,
        long left,
        long mostActive,
        double rate,
        long absentUpTo) {}
