package dev.onsale.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One Elasticsearch node from the zip that Maven brings, on the JDK that runs us. */
final class ElasticsearchRecipe implements Recipe {

    private static final String VERSION = "9.2.0";
    private static final String ZIP = "elasticsearch-" + VERSION + ".zip";

    /** The quick compiler alone starts it with half the processor time, and a laptop's indexes are small. */
    private static final String JAVA_OPTIONS = "-Xms512m -Xmx512m -XX:TieredStopAtLevel=1";

    @Override
    public Launch prepare(StoreFolder folder, Account account, int port) {
        Path home = unpacked(account);
        Path data = folder.inner("data", account);
        Path logs = folder.inner("logs", account);
        Path scratch = folder.inner("tmp", account);
        Path config = folder.inner("config", account);
        configure(home, config, account, settings(data, logs, port));
        Path java = Path.of(System.getProperty("java.home"));
        Map<String, String> environment = Map.of(
                "ES_JAVA_HOME",
                java.toString(),
                "JAVA_HOME",
                "",
                "ES_PATH_CONF",
                config.toString(),
                "ES_TMPDIR",
                scratch.toString(),
                "ES_JAVA_OPTS",
                JAVA_OPTIONS + " -XX:ErrorFile=" + logs.resolve("crash.log"),
                "CLI_JAVA_OPTS",
                "-Xms32m -Xmx64m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        return new Launch(
                StoreKind.ELASTICSEARCH,
                port,
                List.of(home.resolve("bin/elasticsearch").toString()),
                environment,
                List.of(home, config, java.resolve("bin")),
                "TERM");
    }

    private static String settings(Path data, Path logs, int port) {
        return """
                cluster.name: onsale
                node.name: onsale
                path.data: %s
                path.logs: %s
                network.host: 127.0.0.1
                http.port: %d
                transport.port: %d
                discovery.type: single-node
                xpack.security.enabled: false
                cluster.routing.allocation.disk.threshold_enabled: false
                action.destructive_requires_name: false
                """.formatted(data, logs, port, Ports.free());
    }

    private static void configure(Path home, Path config, Account account, String settings) {
        try (Stream<Path> originals = Files.list(home.resolve("config"))) {
            for (Path original : originals.filter(Files::isRegularFile).toList()) {
                Path copy = config.resolve(original.getFileName());
                Files.copy(original, copy, StandardCopyOption.REPLACE_EXISTING);
                account.own(copy);
            }
            Path options = config.resolve("jvm.options");
            Files.writeString(options, withoutGcLog(Files.readString(options)));
            Files.writeString(config.resolve("elasticsearch.yml"), settings);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot configure Elasticsearch in " + config, e);
        }
    }

    private static String withoutGcLog(String options) {
        return options.replaceAll("(?m)^-Xlog:gc.*$", "").replace("-XX:+HeapDumpOnOutOfMemoryError", "");
    }

    private static Path unpacked(Account account) {
        return Cache.folder("elasticsearch-" + VERSION, account, unfinished -> Archives.unzip(zip(), unfinished))
                .resolve("elasticsearch-" + VERSION);
    }

    /** Beside our jar in {@code lib/} when run by {@code java -jar}, in {@code target/stores/} when run from a build. */
    private static Path zip() throws IOException {
        try {
            Path here = Path.of(ElasticsearchRecipe.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Stream.of(
                            here.resolveSibling(ZIP),
                            here.resolveSibling("stores").resolve(ZIP))
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .orElseThrow(() -> new StoresException(ZIP + " is neither beside " + here + " nor in stores/ there:"
                            + " build the module embedded, or give a running one as "
                            + StoreKind.ELASTICSEARCH.variable()));
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
