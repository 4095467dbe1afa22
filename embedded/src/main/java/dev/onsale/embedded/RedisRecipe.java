package dev.onsale.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Redis 7 or newer from the PATH, else (or with {@code ONSALE_REDIS=embedded}) the 6.2 that Maven brings. */
final class RedisRecipe implements Recipe {

    private static final Pattern VERSION = Pattern.compile("v=(\\d+)\\.");
    private static final int LEAST_MAJOR = 7;
    private static final Map<String, String> BINARIES = Map.of(
            "amd64", "redis-server-6.2.6-v5-linux-amd64",
            "aarch64", "redis-server-6.2.7-linux-arm64");

    @Override
    public Launch prepare(StoreFolder folder, Account account, int port) {
        Path data = folder.inner("data", account);
        Path server = installed().orElseGet(() -> unpacked(account));
        List<String> command = List.of(
                server.toString(),
                "--bind",
                "127.0.0.1",
                "--port",
                "" + port,
                "--dir",
                data.toString(),
                "--daemonize",
                "no",
                "--databases",
                "" + RedisStore.DATABASES,
                "--appendonly",
                "yes",
                "--appendfsync",
                "everysec",
                "--save",
                "",
                "--maxmemory-policy",
                "noeviction",
                "--tcp-backlog",
                "128");
        return new Launch(StoreKind.REDIS, port, command, Map.of(), List.of(server, data), "TERM");
    }

    private static Optional<Path> installed() {
        if ("embedded".equals(System.getenv("ONSALE_REDIS"))) {
            return Optional.empty();
        }
        return Programs.find("redis-server").filter(RedisRecipe::newEnough);
    }

    private static boolean newEnough(Path server) {
        Matcher version = VERSION.matcher(Programs.run(List.of(server.toString(), "--version"), Map.of()));
        return version.find() && Integer.parseInt(version.group(1)) >= LEAST_MAJOR;
    }

    private static Path unpacked(Account account) {
        String architecture = System.getProperty("os.arch");
        String binary = BINARIES.get(architecture);
        if (binary == null) {
            throw new StoresException("No embedded Redis for " + architecture + ": install redis-server 7 or newer");
        }
        Path folder = Cache.folder(binary, account, unfinished -> {
            try (InputStream content = RedisRecipe.class.getResourceAsStream("/" + binary)) {
                if (content == null) {
                    throw new IOException("Not on the class path: " + binary);
                }
                Archives.write(content, unfinished.resolve("redis-server"), true);
            }
        });
        return folder.resolve("redis-server");
    }
}
