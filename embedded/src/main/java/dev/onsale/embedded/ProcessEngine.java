package dev.onsale.embedded;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A store as a child process under the guard (see {@code guard.sh}): it never outlives this JVM. */
final class ProcessEngine implements Engine {

    private static final Duration ORDERLY_STOP = Duration.ofSeconds(30);
    private static final int LAST_LINES = 25;
    private static final String GUARD = guard();

    private final Recipe recipe;
    private final StoreFolder folder;
    private final Account account;
    private final int port;
    private @Nullable Process guard;
    private @Nullable ProcessHandle store;
    private String stopSignal = "TERM";

    ProcessEngine(Recipe recipe, StoreFolder folder, Account account, int port) {
        this.recipe = recipe;
        this.folder = folder;
        this.account = account;
        this.port = port;
    }

    @Override
    public synchronized void start() {
        if (alive()) {
            return;
        }
        Launch launch = recipe.prepare(folder, account, port);
        stopSignal = launch.stopSignal();
        try {
            guard = spawn(launch);
            BufferedReader output = guard.inputReader(StandardCharsets.UTF_8);
            String pid = output.readLine();
            store = pid == null ? null : ProcessHandle.of(Long.parseLong(pid)).orElse(null);
        } catch (IOException e) {
            throw new StoresException("Cannot start " + launch.kind().label(), e);
        }
    }

    private Process spawn(Launch launch) throws IOException {
        List<String> command = new ArrayList<>(List.of("setsid", "sh", "-c", GUARD, "guard"));
        command.add(folder.log().toString());
        command.add(stopSignal);
        command.add(folder.scratch().map(Path::toString).orElse(""));
        command.addAll(account.wrap(launch.command(), launch.reads()));
        ProcessBuilder builder = new ProcessBuilder(command).directory(new File("/"));
        builder.redirectError(ProcessBuilder.Redirect.appendTo(folder.log().toFile()));
        Programs.apply(launch.environment(), builder.environment());
        return builder.start();
    }

    @Override
    public synchronized void stop() {
        ProcessHandle head = store;
        if (head != null) {
            List<ProcessHandle> family = family();
            signal("CONT", family);
            signal(stopSignal, List.of(head));
            awaitEnd(family);
        }
        kill();
    }

    @Override
    public synchronized void kill() {
        List<ProcessHandle> family = family();
        family.forEach(ProcessHandle::destroyForcibly);
        awaitEnd(family);
        store = null;
    }

    @Override
    public synchronized void pause() {
        signal("STOP", family());
    }

    @Override
    public synchronized void resume() {
        signal("CONT", family());
    }

    @Override
    public void close() {
        stop();
    }

    /** The store's process and all it started. PostgreSQL's children lead sessions of their own, so no group will do. */
    private List<ProcessHandle> family() {
        ProcessHandle head = store;
        return head == null
                ? List.of()
                : Stream.concat(Stream.of(head), head.descendants()).toList();
    }

    private static void signal(String signal, List<ProcessHandle> processes) {
        String[] command = Stream.concat(
                        Stream.of("sh", "-c", "kill -" + signal + " \"$@\" 2>/dev/null; true", "kill"),
                        processes.stream().map(process -> Long.toString(process.pid())))
                .toArray(String[]::new);
        Programs.run(List.of(command), Map.of());
    }

    private void awaitEnd(List<ProcessHandle> family) {
        long deadline = System.nanoTime() + ORDERLY_STOP.toNanos();
        while (family.stream().anyMatch(ProcessEngine::runs) && System.nanoTime() < deadline) {
            pauseBriefly();
        }
        Process watching = guard;
        try {
            if (watching != null && family.stream().noneMatch(ProcessEngine::runs)) {
                watching.waitFor(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it runs; a dead one that nobody has reaped yet does not. */
    private static boolean runs(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"), StandardCharsets.ISO_8859_1);
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return false;
        }
    }

    private static void pauseBriefly() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoresException("Interrupted while waiting for a store to end", e);
        }
    }

    @Override
    public synchronized boolean alive() {
        return store != null && runs(store);
    }

    @Override
    public String lastWords() {
        Path log = folder.log();
        try {
            List<String> lines = Files.exists(log) ? Files.readAllLines(log, StandardCharsets.UTF_8) : List.of();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException e) {
            return "(cannot read " + log + ")";
        }
    }

    @Override
    public Address address() {
        return new Address("127.0.0.1", port);
    }

    private static String guard() {
        try (InputStream script = ProcessEngine.class.getResourceAsStream("guard.sh")) {
            return new String(Objects.requireNonNull(script, "guard.sh").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
