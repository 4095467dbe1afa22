package dev.onsale.waitingroom.room;

import dev.onsale.proto.waitingroom.v1.ChallengeKind;
import dev.onsale.proto.waitingroom.v1.RoomSettings;
import dev.onsale.waitingroom.time.Times;
import java.time.Duration;
import java.time.Instant;

/**
 * What an operator decided about a room, defaults filled in.
 *
 * @param opens when the lobby ends and the line begins to move
 * @param drainRate visitors a second that are called at the most
 * @param maxActive visitors that may shop, or be called and not have come yet, at once
 * @param claimWindow how long a called visitor has to come
 * @param session how long an admitted visitor may shop
 * @param challenge what has to be done before joining
 * @param adaptive whether the rate follows the write side
 * @param beacon the public random value that was announced; empty: none
 * @param capacity how many can join
 */
public record RoomRules(
        Instant opens,
        int drainRate,
        int maxActive,
        Duration claimWindow,
        Duration session,
        ChallengeKind challenge,
        boolean adaptive,
        String beacon,
        int capacity) {

    private static final int DRAIN_RATE = 1_000;
    private static final int MAX_ACTIVE = 5_000;
    private static final Duration CLAIM_WINDOW = Duration.ofMinutes(2);
    private static final Duration SESSION = Duration.ofMinutes(10);
    private static final int CAPACITY = 20_000_000;

    /** The rules in an operator's request, which has passed its field rules. */
    public static RoomRules of(RoomSettings settings) {
        return new RoomRules(
                Times.instant(settings.getOpenTime()),
                settings.getDrainRate() == 0 ? DRAIN_RATE : settings.getDrainRate(),
                settings.getMaxActive() == 0 ? MAX_ACTIVE : settings.getMaxActive(),
                settings.hasClaimWindow() ? Times.duration(settings.getClaimWindow()) : CLAIM_WINDOW,
                settings.hasSessionLength() ? Times.duration(settings.getSessionLength()) : SESSION,
                settings.getChallenge() == ChallengeKind.CHALLENGE_KIND_UNSPECIFIED
                        ? ChallengeKind.CHALLENGE_KIND_PROOF_OF_WORK
                        : settings.getChallenge(),
                settings.getAdaptive(),
                settings.getBeacon(),
                settings.getCapacity() == 0 ? CAPACITY : settings.getCapacity());
    }

    RoomSettings toProto() {
        return RoomSettings.newBuilder()
                .setOpenTime(Times.timestamp(opens))
                .setDrainRate(drainRate)
                .setMaxActive(maxActive)
                .setClaimWindow(Times.duration(claimWindow))
                .setSessionLength(Times.duration(session))
                .setChallenge(challenge)
                .setAdaptive(adaptive)
                .setBeacon(beacon)
                .setCapacity(capacity)
                .build();
    }
}
