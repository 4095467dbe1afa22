package dev.onsale.command.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.runtime.auth.CompactJws;
import dev.onsale.runtime.auth.KeyRing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TicketCodesTest {
    private static final TicketCode CODE =
            new TicketCode(UUID.randomUUID(), UUID.randomUUID(), "112-F-7", "T-8FK2-QM4X");

    @TempDir
    Path folder;

    @Test
    void readsWhatItSigned() {
        TicketCodes codes = new TicketCodes(TicketKeys.open(folder.resolve("keys.json")));
        assertThat(codes.verify(codes.sign(CODE))).contains(CODE);
    }

    @Test
    void canBeVerifiedOfflineWithThePublicKeysAlone() {
        TicketKeys keys = TicketKeys.open(folder.resolve("keys.json"));
        String code = new TicketCodes(keys).sign(CODE);

        KeyRing published = KeyRing.parse(keys.jwks().encode());
        CompactJws jws = CompactJws.parse(code).orElseThrow();

        assertThat(keys.jwks().encode()).doesNotContain("\"d\"");
        assertThat(published
                        .find(jws.header().getString("kid"))
                        .orElseThrow()
                        .accepts(jws.signed().getBytes(), jws.signature().getBytes()))
                .isTrue();
    }

    @Test
    void refusesACodeThatWasChangedOrSignedByAnother() {
        TicketCodes codes = new TicketCodes(TicketKeys.open(folder.resolve("keys.json")));
        TicketCodes others = new TicketCodes(TicketKeys.open(folder.resolve("other.json")));
        String code = codes.sign(CODE);
        String forged = others.sign(CODE);
        String grafted = code.substring(0, code.lastIndexOf('.')) + forged.substring(forged.lastIndexOf('.'));

        assertThat(codes.verify(forged)).isEmpty();
        assertThat(codes.verify(grafted)).isEmpty();
        assertThat(codes.verify("x")).isEmpty();
        assertThat(codes.verify(code + "A")).isEmpty();
    }

    @Test
    void keepsItsKeyForTheNextStartReadableByItsOwnerAlone() throws Exception {
        Path file = folder.resolve("deep/keys.json");
        String code = new TicketCodes(TicketKeys.open(file)).sign(CODE);

        assertThat(new TicketCodes(TicketKeys.open(file)).verify(code)).contains(CODE);
        assertThat(Files.getPosixFilePermissions(file))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }
}
