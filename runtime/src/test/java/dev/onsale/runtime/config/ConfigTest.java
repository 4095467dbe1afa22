package dev.onsale.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.onsale.runtime.auth.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path folder;

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    @Test
    void takesTheLaterSource() throws IOException {
        var file = file("onsale.properties", "a=file\nb=file\nc=file\n");
        var config = Config.load(Map.of("ONSALE_B", "env", "ONSALE_C", "env"), "--config", file.toString())
                .with(Map.of("c", "code"));

        assertThat(config.string("a", "default")).isEqualTo("file");
        assertThat(config.string("b", "default")).isEqualTo("env");
        assertThat(config.string("c", "default")).isEqualTo("code");
        assertThat(config.string("d", "default")).isEqualTo("default");
    }

    @Test
    void mapsDotsAndDashesToUnderscoresInTheEnvironment() {
        var config = Config.load(Map.of("ONSALE_HOLD_MAX_SEATS", "7"));

        assertThat(config.integer("hold.max-seats", 1, 1, 10)).isEqualTo(7);
    }

    @Test
    void readsYamlAndJsonAndFindsTheFileByEnvironment() throws IOException {
        var yaml = file("onsale.yaml", "hold:\n  max-seats: 4\n  ttl: 5m\norigins: [a, b]\n");
        var json = file("onsale.json", "{\"hold\": {\"max-seats\": 5}, \"on\": true}");

        var fromYaml = Config.load(Map.of("ONSALE_CONFIG", yaml.toString()));
        var fromJson = Config.load(Map.of(), "--config=" + json);

        assertThat(fromYaml.integer("hold.max-seats", 1, 1, 10)).isEqualTo(4);
        assertThat(fromYaml.duration("hold.ttl", SECOND, SECOND, Duration.ofHours(1)))
                .isEqualTo(Duration.ofMinutes(5));
        assertThat(fromYaml.string("origins", "")).isEqualTo("a,b");
        assertThat(fromJson.integer("hold.max-seats", 1, 1, 10)).isEqualTo(5);
        assertThat(fromJson.bool("on", false)).isTrue();
    }

    @Test
    void namesEveryFaultAtOnce() {
        var config = Config.of(Map.of(
                "hold.max-seats", "11",
                "hold.ttl", "2h",
                "hold.on", "yes",
                "hold.role", "king",
                "hold.port", "x",
                "hold.url", "not absolute"));
        config.integer("hold.max-seats", 4, 1, 10);
        config.duration("hold.ttl", SECOND, SECOND, Duration.ofMinutes(10));
        config.bool("hold.on", true);
        config.oneOf("hold.role", Role.FAN);
        config.port("hold.port", 1);
        config.uri("hold.url", java.net.URI.create("redis://x"));
        config.required("hold.secret");

        var fault = catchThrowableOfType(ConfigFault.class, config::check);

        assertThat(fault.faults())
                .containsExactly(
                        "hold.max-seats: 11 (expected: 1 to 10)",
                        "hold.ttl: 2h (expected: 1s to 600s)",
                        "hold.on: yes (expected: true or false)",
                        "hold.role: king (expected: one of fan, partner, support, operator, scanner, service)",
                        "hold.port: x (expected: 0 to 65535)",
                        "hold.url: not absolute (expected: an absolute URI)",
                        "hold.secret: not set (expected: a value)");
    }

    @Test
    void saysNothingIfAllIsWell() {
        var config = Config.of(Map.of("hold.ttl", "PT2S", "hold.pause", "250ms"));

        assertThat(config.duration("hold.ttl", SECOND, SECOND, Duration.ofMinutes(1)))
                .isEqualTo(Duration.ofSeconds(2));
        assertThat(config.duration("hold.pause", SECOND, Duration.ZERO, SECOND)).isEqualTo(Duration.ofMillis(250));
        config.check();
    }

    @Test
    void namesKeysOfTheFileThatNobodyReads() throws IOException {
        var config = Config.load(
                Map.of(), "--config", file("x.properties", "a=1\nmispelt=2\n").toString());
        config.string("a", "");

        assertThat(config.unread()).containsExactly("mispelt");
    }

    @Test
    void refusesABrokenFile() throws IOException {
        var file = file("broken.yaml", "a: [\n");

        assertThat(catchThrowableOfType(ConfigFault.class, () -> Config.load(Map.of(), "--config", file.toString())))
                .isNotNull();
    }
}
