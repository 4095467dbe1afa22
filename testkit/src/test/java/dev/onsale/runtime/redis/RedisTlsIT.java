package dev.onsale.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.config.ConfigFault;
import dev.onsale.testkit.TestAuthority;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import io.vertx.redis.client.Command;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A real Redis that speaks TLS only. Skipped where none is installed, or one that was built without TLS. */
@ExtendWith(VertxExtension.class)
class RedisTlsIT {

    @TempDir
    Path folder;

    private TestAuthority authority;
    private @Nullable Process server;
    private int port;

    @BeforeEach
    void start() throws IOException {
        authority = new TestAuthority(folder, "stores");
        var shown = authority.issue("redis", "localhost");
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Process started;
        try {
            started = new ProcessBuilder(
                            "redis-server",
                            "--bind",
                            "127.0.0.1",
                            "--port",
                            "0",
                            "--tls-port",
                            Integer.toString(port),
                            "--tls-cert-file",
                            shown.certificate().toString(),
                            "--tls-key-file",
                            shown.key().toString(),
                            "--tls-ca-cert-file",
                            authority.file().toString(),
                            "--tls-auth-clients",
                            "no",
                            "--save",
                            "",
                            "--dir",
                            folder.toString(),
                            "--appendonly",
                            "yes",
                            "--maxmemory-policy",
                            "noeviction")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("redis.log").toFile())
                    .start();
        } catch (IOException notInstalled) {
            abort("no redis-server");
            return;
        }
        server = started;
        Awaitility.await().until(() -> !started.isAlive() || listens());
        assumeTrue(started.isAlive(), "this redis-server has no TLS");
    }

    private boolean listens() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (server != null) {
            server.destroy();
            server.waitFor();
        }
    }

    private Future<Redis> connect(Vertx vertx, String host, Path believed) {
        return Redis.connect(
                vertx,
                RedisConfig.from(Config.of(
                        Map.of("redis.url", "rediss://" + host + ":" + port, "redis.ca-file", believed.toString()))));
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(60, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void speaksTlsToAServerItBelieves(Vertx vertx) {
        var redis = await(connect(vertx, "localhost", authority.file()));

        assertThat(await(redis.send(Command.PING)).toString()).isEqualTo("PONG");
        await(redis.close());
    }

    @Test
    void doesNotTalkToAStrangerNorToAnotherHost(Vertx vertx) {
        var stranger = new TestAuthority(folder, "stranger");
        var open = RedisLink.open(vertx, config("localhost", stranger.file()), () -> {});
        var otherHost = RedisLink.open(vertx, config("127.0.0.1", authority.file()), () -> {});

        assertThatThrownBy(() -> await(open)).hasStackTraceContaining("certificat");
        assertThatThrownBy(() -> await(otherHost)).hasStackTraceContaining("127.0.0.1");
    }

    private RedisConfig config(String host, Path believed) {
        return RedisConfig.from(
                Config.of(Map.of("redis.url", "rediss://" + host + ":" + port, "redis.ca-file", believed.toString())));
    }

    @Test
    void doesNotStartWithAnAuthorityThatIsNone() throws IOException {
        var config = Config.of(Map.of(
                "redis.ca-file",
                Files.writeString(folder.resolve("none.pem"), "hello").toString()));

        RedisConfig.from(config);

        assertThatThrownBy(config::check).isInstanceOf(ConfigFault.class).hasMessageContaining("redis.ca-file");
    }
}
