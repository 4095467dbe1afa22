package dev.onsale.waitingroom.line;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Redis server of a test alone, as a child process, with an append-only file; it may be killed and started again. */
final class RedisNode implements AutoCloseable {

    private static final Map<String, String> EMBEDDED = Map.of(
            "amd64", "/redis-server-6.2.6-v5-linux-amd64",
            "aarch64", "/redis-server-6.2.7-linux-arm64");

    private final Path program;
    private final Path folder;
    private final int port;
    private Process process;

    private RedisNode(Path program) throws IOException {
        this.program = program;
        this.folder = Files.createTempDirectory("onsale-line-redis");
        try (var socket = new ServerSocket(0)) {
            this.port = socket.getLocalPort();
        }
        this.process = launch();
    }

    /** The 6.2 that Maven brings. */
    static RedisNode start() {
        return start(embedded());
    }

    private static RedisNode start(Path program) {
        try {
            return new RedisNode(program);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every Redis there is on this machine: the one on the PATH, and the one that Maven brings. */
    static List<RedisNode> all() {
        var nodes = new ArrayList<RedisNode>();
        for (var folder : System.getenv().getOrDefault("PATH", "/usr/bin").split(":", -1)) {
            var program = Path.of(folder, "redis-server");
            if (nodes.isEmpty() && Files.isExecutable(program)) {
                nodes.add(start(program));
            }
        }
        nodes.add(start());
        return nodes;
    }

    private static Path embedded() {
        var name = EMBEDDED.getOrDefault(System.getProperty("os.arch"), "none");
        try (InputStream content = RedisNode.class.getResourceAsStream(name)) {
            if (content == null) {
                throw new IOException("no " + name);
            }
            var program = Files.createTempFile("onsale-line-redis", "-server");
            program.toFile().deleteOnExit();
            Files.write(program, content.readAllBytes());
            if (!program.toFile().setExecutable(true)) {
                throw new IOException("not executable: " + program);
            }
            return program;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI uri() {
        return URI.create("redis://127.0.0.1:" + port);
    }

    int port() {
        return port;
    }

    /** Kills the process, as a crash would, and starts it on what the file has. */
    void crash() {
        try {
            process.destroyForcibly();
            process.waitFor(10, TimeUnit.SECONDS);
            process = launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Process launch() throws IOException {
        var command = ("--bind 127.0.0.1 --appendonly yes --appendfsync everysec --repl-diskless-sync-delay 0"
                        + " --maxmemory-policy noeviction --port " + port + " --dir " + folder)
                .split(" ", -1);
        var all = new ArrayList<>(List.of(program.toString()));
        all.addAll(List.of(command));
        all.addAll(List.of("--save", ""));
        var started = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        LineTable.eventually(this::answers);
        return started;
    }

    private boolean answers() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try (var files = Files.walk(folder)) {
            process.waitFor(10, TimeUnit.SECONDS);
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
