package dev.onsale.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs short programs to their end and finds them on the PATH. */
final class Programs {

    private static final int LIMIT_SECONDS = 120;

    private Programs() {}

    static boolean onPath(String name) {
        return find(name).isPresent();
    }

    static Optional<Path> find(String name) {
        String path = System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        return Arrays.stream(path.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Sets the variables given; an empty value removes one. */
    static void apply(Map<String, String> changes, Map<String, String> environment) {
        environment.putAll(changes);
        environment.values().removeIf(String::isEmpty);
    }

    /** Runs it to its end and answers what it printed; anything but exit code 0 is an error. */
    static String run(List<String> command, Map<String, String> environment) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            apply(environment, builder.environment());
            builder.directory(new File("/"));
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new StoresException(command.getFirst() + " did not end within " + LIMIT_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new StoresException(
                        String.join(" ", command) + " ended with code " + process.exitValue() + ":\n" + output);
            }
            return output;
        } catch (IOException e) {
            throw new StoresException("Cannot run " + command.getFirst(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoresException("Interrupted while running " + command.getFirst(), e);
        }
    }
}
