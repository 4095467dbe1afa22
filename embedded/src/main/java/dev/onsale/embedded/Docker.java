package dev.onsale.embedded;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Whether to use containers. Asks the engine's socket directly, so that a machine without an engine costs nothing. */
final class Docker {

    private static final int PATIENCE_MILLIS = 2_000;

    private Docker() {}

    static boolean wanted(boolean temporary) {
        String choice = System.getenv().getOrDefault("ONSALE_STORES", "");
        return switch (choice) {
            case "embedded" -> false;
            case "docker" -> required();
            case "" -> temporary && answers();
            default -> throw new StoresException("ONSALE_STORES: " + choice + " (expected: embedded or docker)");
        };
    }

    private static boolean required() {
        if (!answers()) {
            throw new StoresException("ONSALE_STORES=docker, but no Docker engine answers at its socket");
        }
        return true;
    }

    private static boolean answers() {
        return sockets().filter(Files::exists).anyMatch(Docker::answers);
    }

    private static Stream<Path> sockets() {
        String host = System.getenv().getOrDefault("DOCKER_HOST", "");
        if (host.startsWith("unix://")) {
            return Stream.of(Path.of(host.substring("unix://".length())));
        }
        String runtime = System.getenv().getOrDefault("XDG_RUNTIME_DIR", "/run/user/0");
        return Stream.of(Path.of("/var/run/docker.sock"), Path.of(runtime, "docker.sock"));
    }

    private static boolean answers(Path socket) {
        CompletableFuture<Boolean> answer = CompletableFuture.supplyAsync(() -> ping(socket));
        return answer.completeOnTimeout(false, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    private static boolean ping(Path socket) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.write(
                    ByteBuffer.wrap("GET /_ping HTTP/1.1\r\nHost: docker\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer reply = ByteBuffer.allocate(64);
            channel.read(reply);
            return new String(reply.array(), 0, reply.position(), StandardCharsets.US_ASCII).contains(" 200 ");
        } catch (IOException e) {
            return false;
        }
    }
}
