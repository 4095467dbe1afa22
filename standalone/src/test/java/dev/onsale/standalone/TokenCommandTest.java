package dev.onsale.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TokenCommandTest {

    @Test
    void theIssuersKeyIsMadeOnceAndKept(@TempDir Path data) {
        assertThat(token(data, "--sub", "alice", "--role", "fan")).isZero();
        assertThat(token(data, "--sub", "olga", "--role", "operator,support")).isZero();
        assertThat(DataOption.issuer(data)).isDirectoryContaining("glob:**jwks.json");
    }

    @Test
    void anAccountThatNoServiceWouldAcceptIsRefused(@TempDir Path data) {
        assertThat(token(data, "--sub", "a b", "--role", "fan")).isEqualTo(1);
        assertThat(token(data, "--sub", "alice", "--role", "king")).isEqualTo(2);
    }

    private static int token(Path data, String... options) {
        CommandLine command = Standalone.commandLine().setErr(new PrintWriter(new StringWriter()));
        String[] arguments = new String[options.length + 3];
        arguments[0] = "token";
        arguments[1] = "--data";
        arguments[2] = data.toString();
        System.arraycopy(options, 0, arguments, 3, options.length);
        return command.execute(arguments);
    }
}
