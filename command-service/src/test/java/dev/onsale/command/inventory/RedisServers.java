package dev.onsale.command.inventory;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Every Redis there is on this machine: the one on the PATH, and the 6.2 that Maven brings. Empty, without persistence. */
public final class RedisServers {
    private static final Map<String, String> EMBEDDED = Map.of(
            "amd64", "/redis-server-6.2.6-v5-linux-amd64",
            "aarch64", "/redis-server-6.2.7-linux-arm64");

    private final List<Process> processes = new ArrayList<>();
    private final List<Path> folders = new ArrayList<>();

    /** Starts them all. */
    public List<URI> start() throws IOException, InterruptedException {
        var uris = new ArrayList<URI>();
        for (var folder : System.getenv().getOrDefault("PATH", "/usr/bin").split(":", -1)) {
            var program = Path.of(folder, "redis-server");
            if (uris.isEmpty() && Files.isExecutable(program)) {
                uris.add(start(program));
            }
        }
        uris.add(start(embedded()));
        return uris;
    }

    private Path embedded() throws IOException {
        var name = EMBEDDED.getOrDefault(System.getProperty("os.arch"), "none");
        var folder = Files.createTempDirectory("onsale-redis");
        folders.add(folder);
        try (InputStream content = RedisServers.class.getResourceAsStream(name)) {
            if (content == null) {
                throw new IOException("no " + name);
            }
            var program = folder.resolve("redis-server");
            Files.copy(content, program);
            if (!program.toFile().setExecutable(true)) {
                throw new IOException("not executable: " + program);
            }
            return program;
        }
    }

    private URI start(Path program) throws IOException, InterruptedException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var folder = Files.createTempDirectory("onsale-redis");
        folders.add(folder);
        processes.add(new ProcessBuilder(
                        program.toString(),
                        "--bind",
                        "127.0.0.1",
                        "--port",
                        "" + port,
                        "--save",
                        "",
                        "--appendonly",
                        "no",
                        "--maxmemory-policy",
                        "noeviction",
                        "--dir",
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start());
        for (int i = 0; i < 200 && !answers(port); i++) {
            Thread.sleep(25);
        }
        return URI.create("redis://127.0.0.1:" + port);
    }

    private static boolean answers(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Stops them and leaves nothing behind. */
    public void close() throws IOException, InterruptedException {
        for (var process : processes) {
            process.destroy();
            process.waitFor(5, TimeUnit.SECONDS);
        }
        for (var folder : folders) {
            try (var files = Files.list(folder)) {
                for (var file : files.toList()) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(folder);
        }
    }
}
