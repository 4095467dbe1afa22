package dev.onsale.waitingroom.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import com.google.protobuf.util.JsonFormat;
import dev.onsale.proto.waitingroom.v1.GetRoomResponse;
import dev.onsale.proto.waitingroom.v1.Room;
import dev.onsale.proto.waitingroom.v1.RoomSettings;
import dev.onsale.proto.waitingroom.v1.VerifyPositionResponse;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrawTest {

    private static final Draw DRAW = new Draw(
            UUID.fromString("0190b1a4-5c6d-7e8f-9a0b-1c2d3e4f5a6b"),
            Hashing.sha256().hashInt(1).asBytes(),
            20_000,
            Arrays.copyOf(Hashing.sha256().hashInt(2).asBytes(), 20),
            "drand quicknet round 11223344",
            "9f8e7d6c5b4a",
            Instant.parse("2026-11-25T10:00:00.123456789Z"));

    @Test
    void isTheSameAfterAJourneyAsProtoAndAsJson() {
        assertThat(Draw.of(DRAW.toProto())).isEqualTo(DRAW).hasSameHashCodeAs(DRAW);
        assertThat(Draw.parse(DRAW.toJson())).isEqualTo(DRAW);
        assertThat(Draw.parse(DRAW.toJson()).seed()).isEqualTo(DRAW.seed());
    }

    @Test
    void isFoundInTheAnswersThatHaveOne() throws Exception {
        Room room = Room.newBuilder()
                .setEventId(DRAW.event().toString())
                .setSettings(RoomSettings.newBuilder().setDrainRate(5))
                .setDrawKeyHash(ByteString.copyFrom(DRAW.keyHash()))
                .setDraw(DRAW.toProto())
                .build();
        GetRoomResponse answer = GetRoomResponse.newBuilder().setRoom(room).build();
        VerifyPositionResponse position = VerifyPositionResponse.newBuilder()
                .setDraw(DRAW.toProto())
                .setEntry(5)
                .setPosition(9)
                .build();
        JsonFormat.Printer printer = JsonFormat.printer();
        assertThat(Draw.parse(printer.print(room))).isEqualTo(DRAW);
        assertThat(Draw.parse(printer.print(answer))).isEqualTo(DRAW);
        assertThat(Draw.parse(printer.print(position))).isEqualTo(DRAW);
        assertThat(Draw.parse(printer.preservingProtoFieldNames().print(position)))
                .isEqualTo(DRAW);
        assertThat(PublishedDraw.parse(printer.print(position)).claim()).contains(new PublishedDraw.Claim(5, 9));
    }

    @Test
    void anotherKeyThanTheRoomWasMadeWithIsNoticed() throws Exception {
        Room room = Room.newBuilder()
                .setEventId(DRAW.event().toString())
                .setSettings(RoomSettings.getDefaultInstance())
                .setDrawKeyHash(ByteString.copyFrom(new byte[32]))
                .setDraw(DRAW.toProto())
                .build();
        String json = JsonFormat.printer().print(room);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Draw.parse(json))
                .withMessageContaining("not the one the room was made with");
    }

    @Test
    void everythingItIsMadeFromChangesTheSeed() {
        byte[] key = DRAW.key();
        key[0] ^= 1;
        byte[] digest = DRAW.lobbyDigest();
        digest[19] ^= 1;
        UUID event = new UUID(1, 2);
        var seed = DRAW.seed();
        assertThat(with(event, DRAW.key(), 20_000, DRAW.lobbyDigest(), "9f8e7d6c5b4a"))
                .isNotEqualTo(seed);
        assertThat(with(DRAW.event(), key, 20_000, DRAW.lobbyDigest(), "9f8e7d6c5b4a"))
                .isNotEqualTo(seed);
        assertThat(with(DRAW.event(), DRAW.key(), 20_001, DRAW.lobbyDigest(), "9f8e7d6c5b4a"))
                .isNotEqualTo(seed);
        assertThat(with(DRAW.event(), DRAW.key(), 20_000, digest, "9f8e7d6c5b4a"))
                .isNotEqualTo(seed);
        assertThat(with(DRAW.event(), DRAW.key(), 20_000, DRAW.lobbyDigest(), "9f8e7d6c5b4b"))
                .isNotEqualTo(seed);
        assertThat(with(DRAW.event(), DRAW.key(), 20_000, DRAW.lobbyDigest(), "9f8e7d6c5b4a"))
                .isEqualTo(seed);
    }

    private static byte[] with(UUID event, byte[] key, long size, byte[] digest, String value) {
        return new Draw(event, key, size, digest, "another name", value, Instant.EPOCH).seed();
    }

    @Test
    void nobodyCanChangeItAfterwards() {
        byte[] seed = DRAW.seed();
        Arrays.fill(DRAW.key(), (byte) 0);
        Arrays.fill(DRAW.lobbyDigest(), (byte) 0);
        assertThat(DRAW.seed()).isEqualTo(seed);
    }

    @Test
    void theSecretKeyIsNotInItsText() {
        assertThat(DRAW.toString()).doesNotContain(Draw.hex(DRAW.key())).contains(Draw.hex(DRAW.keyHash()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                          | Not a JSON object
            []                                          | Not a JSON object
            {                                           | Not a JSON object
            {}                                          | event_id
            {"eventId":"0190b1a4"}                      | event_id
            {"eventId":5}                               | not a UUID
            {"eventId":"1-1-1-1-1"}                     | not a UUID
            {"drawKey":{}}                              | Not the record of a draw
            {"event":"x"}                               | Not the record of a draw
            {"room":{"eventId":"0190b1a4"}}             | had not been drawn yet
            {"draw":{}}                                 | event_id
            """)
    void saysWhatIsWrongWithWhatIsNoRecord(String json, String fault) {
        assertThatIllegalArgumentException().isThrownBy(() -> Draw.parse(json)).withMessageContaining(fault);
    }

    @Test
    void anAlteredKeyOrHashIsNoticed() {
        var record = DRAW.toProto();
        byte[] key = DRAW.key();
        key[31] ^= 1;
        var altered = record.toBuilder().setDrawKey(ByteString.copyFrom(key)).build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Draw.of(altered))
                .withMessageContaining("not the SHA-256 of draw_key");
        var shortKey =
                record.toBuilder().setDrawKey(ByteString.copyFrom(new byte[31])).build();
        assertThatIllegalArgumentException().isThrownBy(() -> Draw.of(shortKey)).withMessageContaining("31 bytes");
        var negative = record.toBuilder().setLobbySize(-1).build();
        assertThatIllegalArgumentException().isThrownBy(() -> Draw.of(negative)).withMessageContaining("lobby_size");
    }
}
