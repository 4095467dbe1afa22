package dev.onsale.standalone.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onsale.runtime.audit.AuditEntry;
import dev.onsale.runtime.audit.AuditVerdict;
import dev.onsale.runtime.audit.AuditVerifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What operators do with rooms is noted, once each, in the log of the waiting room; what rooms do by themselves is not. */
class RoomAuditIT {
    private static final String SERVICE = "onsale.waitingroom.v1.WaitingRoomAdminService/";

    @RegisterExtension
    static final RoomHouse HOUSE = RoomHouse.withNodes(1);

    private final List<AuditEntry> entries = new ArrayList<>();

    private AuditVerdict verified() throws SQLException {
        entries.clear();
        try (Connection connection = HOUSE.owner()) {
            return new AuditVerifier(connection).showing(entries::add).run();
        }
    }

    private List<AuditEntry> of(String event) {
        return entries.stream()
                .filter(entry -> entry.chain().equals("waiting-room/admin")
                        && String.valueOf(entry.event()).equals(event))
                .toList();
    }

    @Test
    void notesEveryChangeOfARoomWithItsOperator() throws Exception {
        String event = HOUSE.event(10);
        RoomOperator olga = HOUSE.operator(0);
        olga.configure(event, room -> room);
        olga.open(event, "");
        olga.open(event, ""); // Opened before: it stays as it is.
        olga.pause(event);
        olga.resume(event);
        assertThatThrownBy(() -> olga.resume(event)).hasMessageContaining("ROOM_STATE");
        olga.setDrain(event, 5, 50);
        olga.revoke(event, target -> target.setAccount("mallory-the-fan"));
        olga.revoke(event, target -> target.setEverybody(true));
        olga.close(event, "That was all");

        AuditVerdict verdict = verified();

        assertThat(verdict.problems()).isEmpty();
        assertThat(of(event))
                .extracting(AuditEntry::action)
                .containsExactly(
                        SERVICE + "ConfigureRoom",
                        SERVICE + "OpenRoom",
                        SERVICE + "PauseRoom",
                        SERVICE + "ResumeRoom",
                        SERVICE + "SetDrain",
                        SERVICE + "RevokeAdmissions",
                        SERVICE + "RevokeAdmissions",
                        SERVICE + "CloseRoom");
        assertThat(of(event)).allSatisfy(entry -> {
            assertThat(entry.actor()).isEqualTo("olga");
            assertThat(entry.roles()).isEqualTo("operator");
            assertThat(entry.toString()).doesNotContain("mallory");
        });
        assertThat(of(event).get(5).subjectKind()).isEqualTo("account");
        assertThat(of(event).get(5).reason()).isEqualTo("a test");
        assertThat(entries)
                .as("and the gate that followed it, in the log of the command service")
                .anyMatch(entry -> entry.chain().equals("command/admin")
                        && entry.action().equals("onsale.gate.v1.GateService/SetGate")
                        && entry.subjectId().equals(event)
                        && entry.actor().equals("waiting-room"));
    }

    @Test
    void notesARequestThatIsRepeatedOnce() throws Exception {
        String event = HOUSE.event(10);
        HOUSE.operator(0).configure(event, room -> room);
        HOUSE.operator(0).pauseTwiceAfterOpening(event);

        assertThat(verified().problems()).isEmpty();

        assertThat(of(event))
                .extracting(AuditEntry::action)
                .containsExactly(SERVICE + "ConfigureRoom", SERVICE + "OpenRoom", SERVICE + "PauseRoom");
    }
}
