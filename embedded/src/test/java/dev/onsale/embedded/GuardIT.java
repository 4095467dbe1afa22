package dev.onsale.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void storesAndTheirTemporaryDataGoAwayWhenTheParentIsKilled(@TempDir Path temporary) throws IOException {
        // Given
        Process parent = parent(Whoever.SAME, temporary);
        List<Long> started = started(parent);
        assertThat(started).hasSizeGreaterThan(5).allMatch(GuardIT::runs);
        assertThat(temporary).isNotEmptyDirectory();

        // When
        parent.destroyForcibly();

        // Then
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(started).noneMatch(GuardIT::runs));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(temporary).isEmptyDirectory());
    }

    @Test
    void anUnprivilegedUserCanStartThemToo(@TempDir Path temporary) throws IOException {
        // Given
        Account.choose().own(temporary);

        // When
        Process parent = parent(Whoever.UNPRIVILEGED, temporary);

        // Then
        List<Long> started = started(parent);
        assertThat(started).hasSizeGreaterThan(5).allMatch(GuardIT::runs);
        parent.destroyForcibly();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(started).noneMatch(GuardIT::runs));
    }

    private enum Whoever {
        SAME,
        UNPRIVILEGED
    }

    /** Another JVM that starts stores, says which processes they are, and then does nothing. */
    public static final class Parent {

        private Parent() {}

        /** Starts Redis and PostgreSQL. */
        public static void main(String[] arguments) throws InterruptedException {
            try (Stores stores = Stores.start(EnumSet.of(StoreKind.REDIS, StoreKind.POSTGRES))) {
                assertThat(stores.kinds()).hasSize(2);
                System.out.println(ProcessHandle.current()
                        .descendants()
                        .map(process -> Long.toString(process.pid()))
                        .collect(Collectors.joining(" ", "started ", "")));
                System.out.flush();
                Thread.sleep(Duration.ofMinutes(5));
            }
        }
    }

    private static Process parent(Whoever whoever, Path temporary) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = List.of(
                java.toString(), "-Xmx128m", "-Djava.io.tmpdir=" + temporary, "-cp", classPath, Parent.class.getName());
        List<Path> reads = Stream.concat(
                        Stream.of(java),
                        Stream.of(classPath.split(File.pathSeparator)).map(Path::of))
                .toList();
        return new ProcessBuilder(
                        whoever == Whoever.SAME ? command : Account.choose().wrap(command, reads))
                .redirectErrorStream(true)
                .start();
    }

    private static List<Long> started(Process parent) throws IOException {
        BufferedReader lines = parent.inputReader(StandardCharsets.UTF_8);
        StringBuilder seen = new StringBuilder();
        String line = lines.readLine();
        while (line != null && !line.startsWith("started ")) {
            seen.append(line).append('\n');
            line = lines.readLine();
        }
        String pids = Objects.requireNonNull(line, () -> "the other JVM ended:\n" + seen);
        return Arrays.stream(pids.split(" ")).skip(1).map(Long::valueOf).toList();
    }

    private static boolean runs(long pid) {
        return ProcessHandle.of(pid).isPresent();
    }
}
