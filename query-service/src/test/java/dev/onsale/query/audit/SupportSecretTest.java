package dev.onsale.query.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.config.ConfigFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupportSecretTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @Test
    void theSameSecretGivesTheSameHashAndAnotherAnother() {
        SupportSecret one = secret(SECRET);
        assertThat(one.hash("phone", "1234567")).isEqualTo(secret(SECRET).hash("phone", "1234567"));
        assertThat(one.hash("phone", "1234567"))
                .isNotEqualTo(secret(SECRET + "!").hash("phone", "1234567"));
        assertThat(one.hash("phone", "1234567")).isNotEqualTo(one.hash("name", "1234567"));
        assertThat(one.hash("phone", "1234567")).hasSize(22).doesNotContain("1234567");
    }

    @Test
    void noTwoListsOfPartsAreSignedAlike() {
        SupportSecret secret = secret(SECRET);
        assertThat(secret.sign("p", bytes("ab"), bytes("c"))).isNotEqualTo(secret.sign("p", bytes("a"), bytes("bc")));
        assertThat(secret.sign("p", bytes("a"))).isNotEqualTo(secret.sign("q", bytes("a")));
    }

    @Test
    void aFileIsMadeForItsOwnerAloneAndReadAgain(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("support/secret");
        Config config = Config.of(Map.of("query.support.secret-file", file.toString()));

        String hash = SupportSecret.from(config).hash("phone", "1234567");

        assertThat(SupportSecret.from(config).hash("phone", "1234567")).isEqualTo(hash);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        config.check();
    }

    @Test
    void aShortSecretStopsTheStartAndIsNotShown() {
        Config config = Config.of(Map.of("query.support.secret", "hunter2"));
        SupportSecret.from(config);
        assertThatThrownBy(config::check)
                .isInstanceOf(ConfigFault.class)
                .hasMessageContaining("query.support.secret")
                .hasMessageNotContaining("hunter2");
    }

    private static SupportSecret secret(String text) {
        return SupportSecret.from(Config.of(Map.of("query.support.secret", text)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
