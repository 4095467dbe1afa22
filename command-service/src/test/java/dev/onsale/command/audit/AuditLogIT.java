package dev.onsale.command.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.onsale.command.BoxOffice;
import dev.onsale.command.Calls;
import dev.onsale.command.Shows;
import dev.onsale.proto.audit.v1.AuditEntry;
import dev.onsale.proto.audit.v1.AuditLogServiceGrpcClient;
import dev.onsale.proto.audit.v1.GetAuditHeadRequest;
import dev.onsale.proto.audit.v1.GetAuditHeadResponse;
import dev.onsale.proto.audit.v1.ListAuditEntriesRequest;
import dev.onsale.proto.catalog.v1.Event;
import dev.onsale.proto.gate.v1.GateServiceGrpcClient;
import dev.onsale.proto.gate.v1.RevokeAdmissionRequest;
import dev.onsale.proto.gate.v1.SetGateRequest;
import dev.onsale.proto.privacy.v1.EraseAccountRequest;
import dev.onsale.proto.privacy.v1.PrivacyServiceGrpcClient;
import dev.onsale.runtime.audit.Anchor;
import dev.onsale.runtime.audit.AuditVerifier;
import dev.onsale.runtime.auth.KeyRing;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.auth.SigningKey;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The log as operators read it, its anchors, and the acts of services. */
final class AuditLogIT {

    @RegisterExtension
    static final BoxOffice OFFICE = new BoxOffice().with("audit.anchor-every", "1s");

    private final Log log = new Log(OFFICE);

    @Test
    void listsByActorActionEventSubjectAndTimeInPages() {
        Calls olga = OFFICE.as(Role.OPERATOR, "olga-" + UUID.randomUUID());
        String name = "omar-" + UUID.randomUUID();
        Shows shows = new Shows(OFFICE.as(Role.OPERATOR, name));
        Event first = shows.draft();
        Event second = shows.open(shows.draft());
        new Shows(olga).venue();

        List<AuditEntry> mine = log.entries(request -> request.setActor(name));

        assertThat(mine).hasSize(7); // Two venues, two maps, two events and an opening: a page more than one.
        assertThat(mine)
                .isSortedAccordingTo((a, b) -> Long.compare(b.getSeq(), a.getSeq()))
                .allMatch(entry -> entry.getActor().equals(name));
        assertThat(log.entries(request -> request.setEventId(second.getEventId())))
                .hasSize(2);
        assertThat(log.entries(request -> request.setSubjectId(first.getEventId())))
                .hasSize(1);
        assertThat(log.entries(request ->
                        request.setActor(name).setAction("onsale.catalog.v1.CatalogAdminService/CreateVenue")))
                .hasSize(2);
        AuditEntry middle = mine.get(3);
        assertThat(log.entries(request -> request.setActor(name).setFromTime(middle.getTime())))
                .isEqualTo(mine.subList(0, 4));
        assertThat(log.entries(request -> request.setActor(name).setToTime(middle.getTime())))
                .isEqualTo(mine.subList(4, 7));
    }

    @Test
    void isForOperatorsAndRefusesPagesOfOthers() {
        ListAuditEntriesRequest any = ListAuditEntriesRequest.getDefaultInstance();
        for (Role role : List.of(Role.FAN, Role.PARTNER, Role.SUPPORT, Role.SCANNER, Role.SERVICE)) {
            assertThat(OFFICE.as(role, "somebody")
                            .refused(AuditLogServiceGrpcClient.ListAuditEntries, any)
                            .reasonName())
                    .isEqualTo("ROLE_REQUIRED");
            assertThat(OFFICE.as(role, "somebody")
                            .refused(AuditLogServiceGrpcClient.GetAuditHead, GetAuditHeadRequest.getDefaultInstance())
                            .reasonName())
                    .isEqualTo("ROLE_REQUIRED");
        }
        for (String token : List.of("x", "!", "MjAyNi0wMS0wMVQwMDowMDowMFogYSAn")) {
            assertThat(OFFICE.as(Role.OPERATOR, "olga")
                            .refused(
                                    AuditLogServiceGrpcClient.ListAuditEntries,
                                    any.toBuilder().setPageToken(token).build())
                            .reasonName())
                    .isEqualTo("INVALID_FIELD");
        }
    }

    @Test
    void tellsWhereTheChainsEndAndKeepsThatRegularly() throws Exception {
        new Shows(OFFICE.as(Role.OPERATOR, "olga")).venue();

        GetAuditHeadResponse head = OFFICE.as(Role.OPERATOR, "olga")
                .call(AuditLogServiceGrpcClient.GetAuditHead, GetAuditHeadRequest.getDefaultInstance());

        assertThat(head.getLog()).isEqualTo("command");
        assertThat(log.verdict(Anchor.parse(head.getAnchor())).problems()).isEmpty();
        long last = OFFICE.count("SELECT max(seq) FROM audit_log WHERE chain = 'command/admin'");
        assertThat(head.getHeadsList()).anyMatch(end -> end.getChain().equals("command/admin") && end.getSeq() == last);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(log.verdict().anchors()).isPositive());
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(OFFICE.metrics()).contains("onsale_audit_entries{chain=\"command/admin\""));
    }

    @Test
    void anAnchorThatWeDidNotSignIsAFault() throws Exception {
        new Shows(OFFICE.as(Role.OPERATOR, "olga")).venue();
        Anchor unsigned = log.verdict().anchor(Instant.now());
        SigningKey ours = SigningKey.generateEd25519();
        SigningKey theirs = SigningKey.generateEd25519();
        Anchor signed = unsigned.signed(ours.sign(Anchor.TYPE, unsigned.claims()));
        Anchor forged = unsigned.signed(theirs.sign(Anchor.TYPE, unsigned.claims()));
        Anchor moved = new Anchor("other", unsigned.at(), unsigned.heads(), signed.signature());

        assertThat(faults(ours, signed)).isZero();
        assertThat(faults(ours, unsigned)).isEqualTo(1);
        assertThat(faults(ours, forged)).isEqualTo(1);
        assertThat(faults(ours, moved)).isEqualTo(1);
    }

    /** Of this anchor: those that the service itself keeps here are not signed. */
    private long faults(SigningKey key, Anchor anchor) throws Exception {
        String time = anchor.toJson().getString("time");
        try (Connection connection = log.owner()) {
            return new AuditVerifier(connection)
                    .against(List.of(anchor)).signedBy(KeyRing.parse(key.jwks())).run().faults().stream()
                            .filter(fault -> fault.contains(time))
                            .count();
        }
    }

    @Test
    void notesWhatServicesDoToAGateWhenItChangesAndNoAccount() {
        String event = new Shows(OFFICE.as(Role.OPERATOR, "olga")).draft().getEventId();
        Calls room = OFFICE.as(Role.SERVICE, "waiting-room");
        SetGateRequest shut = SetGateRequest.newBuilder()
                .setEventId(event)
                .setAdmissionRequired(true)
                .setEpoch(1)
                .build();
        RevokeAdmissionRequest revoke = RevokeAdmissionRequest.newBuilder()
                .setEventId(event)
                .setAccount("mallory-the-fan")
                .build();
        for (int i = 0; i < 3; i++) {
            room.call(GateServiceGrpcClient.SetGate, shut);
            room.call(GateServiceGrpcClient.RevokeAdmission, revoke);
        }
        room.call(GateServiceGrpcClient.SetGate, shut.toBuilder().setEpoch(2).build());

        List<AuditEntry> entries =
                log.entries(request -> request.setEventId(event).setActor("waiting-room"));

        assertThat(entries)
                .extracting(AuditEntry::getAction)
                .containsExactly(
                        "onsale.gate.v1.GateService/SetGate",
                        "onsale.gate.v1.GateService/RevokeAdmission",
                        "onsale.gate.v1.GateService/SetGate");
        assertThat(entries).allMatch(entry -> entry.getRoles().equals("service"));
        assertThat(entries.get(1).getSubjectKind()).isEqualTo("account");
        assertThat(entries.get(1).getSubjectId()).matches("[0-9a-f]{64}");
        assertThat(entries).noneMatch(entry -> entry.toString().contains("mallory"));
    }

    @Test
    void notesThatAnErasureBeganByTheHashOfTheAccount() {
        String account = "nobody-" + UUID.randomUUID();
        EraseAccountRequest request = EraseAccountRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setAccount(account)
                .setReason("They asked by letter")
                .build();
        String hash = "";
        for (int i = 0; i < 2; i++) {
            hash = OFFICE.as(Role.OPERATOR, "olga")
                    .call(PrivacyServiceGrpcClient.EraseAccount, request)
                    .getErasure()
                    .getAccountHash();
        }
        String subject = hash;

        assertThat(log.entries(which -> which.setSubjectId(subject)))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.getAction()).isEqualTo("onsale.privacy.v1.PrivacyService/EraseAccount");
                    assertThat(entry.getReason()).isEqualTo("They asked by letter");
                    assertThat(entry.toString()).doesNotContain(account);
                });
    }
}
