package dev.onsale.command.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What docs/partners.md tells partners to do is what the tests and the conformance script do. */
final class PartnerDocsTest {
    private static final Path ROOT = Path.of("..");

    @Test
    void showsTheVerificationThatTheTestsUse() throws IOException {
        assertShown("java", "command-service/src/test/java/dev/onsale/command/partner/Proofs.java");
    }

    @Test
    void showsTheVerificationThatTheConformanceScriptUses() throws IOException {
        assertShown("javascript", "tools/partner/webhooks.mjs");
    }

    private static void assertShown(String language, String source) throws IOException {
        String text = Files.readString(ROOT.resolve(source));
        String begin = "// docs/partners.md: " + language + "\n";
        int from = text.indexOf(begin) + begin.length();
        String snippet =
                text.substring(from, text.indexOf("// end", from)).stripIndent().strip();
        assertThat(snippet).contains("verifyWebhook");
        assertThat(Files.readString(ROOT.resolve("docs/partners.md"))).contains(snippet);
    }
}
