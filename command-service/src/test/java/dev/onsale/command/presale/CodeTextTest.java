package dev.onsale.command.presale;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeTextTest {
    @TempDir
    Path folder;

    @Test
    void writesEightyBitsWithoutLettersThatCanBeMistaken() {
        byte[] bits = new byte[32];
        assertThat(CodeText.of(bits)).isEqualTo("0000-0000-0000-0000");
        bits[0] = (byte) 0b11111000;
        bits[9] = 1;
        assertThat(CodeText.of(bits)).isEqualTo("Z000-0000-0000-0001");
        bits[10] = -1;
        assertThat(CodeText.of(bits)).as("the 81st bit").isEqualTo("Z000-0000-0000-0001");
    }

    @Test
    void knowsACodeHoweverItIsTyped() {
        assertThat(CodeText.canonical("7kq2-M9xd o4tb-wilh")).isEqualTo("7KQ2M9XD04TBW11H");
        String code = CodeText.of(Pepper.open(folder.resolve("p")).random(UUID.randomUUID(), 0));
        assertThat(CodeText.canonical(code.toLowerCase(java.util.Locale.ROOT))).isEqualTo(code.replace("-", ""));
    }

    @Test
    void makesTheSameCodesOfTheSameBatchAndOthersOfEveryOther() {
        Pepper pepper = Pepper.open(folder.resolve("p"));
        UUID batch = UUID.randomUUID();
        var codes = new HashSet<String>();
        for (int i = 0; i < 1_000; i++) {
            String code = CodeText.of(pepper.random(batch, i));
            assertThat(code)
                    .isEqualTo(CodeText.of(Pepper.open(folder.resolve("p")).random(batch, i)));
            assertThat(codes.add(code)).isTrue();
        }
        assertThat(codes).doesNotContain(CodeText.of(pepper.random(UUID.randomUUID(), 0)));
        assertThat(codes)
                .doesNotContain(CodeText.of(Pepper.open(folder.resolve("q")).random(batch, 0)));
    }

    @Test
    void keepsThePepperFromOtherUsersOfTheMachine() throws Exception {
        Pepper.open(folder.resolve("deep/p"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("deep/p"))))
                .isEqualTo("rw-------");
    }

    @Test
    void hashesTheSameTextDifferentlyForEveryUse() {
        Pepper pepper = Pepper.open(folder.resolve("p"));
        assertThat(pepper.fan("ann")).hasSize(22).isNotEqualTo(pepper.address("ann"));
        assertThat(pepper.code(UUID.randomUUID(), "X")).isNotEqualTo(pepper.code(UUID.randomUUID(), "X"));
    }
}
