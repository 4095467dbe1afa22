package dev.onsale.standalone.room;

import dev.onsale.testkit.TestStores;
import dev.onsale.testkit.TestTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What each service of a house is told. A port that others must know beforehand has a name. */
final class HouseSettings {

    private final TestStores stores;
    private final TestTokens tokens;
    private final Path folder;
    private final Map<String, Integer> ports = new ConcurrentHashMap<>();

    HouseSettings(TestStores stores, TestTokens tokens, Path folder) {
        this.stores = stores;
        this.tokens = tokens;
        this.folder = folder;
    }

    int port(String name) {
        return ports.computeIfAbsent(name, any -> free());
    }

    private static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the first node shows the keys of its admissions. */
    String keys() {
        return "http://127.0.0.1:" + port("keys") + "/.well-known/admission-jwks.json";
    }

    Map<String, String> payment() {
        Map<String, String> settings = of("payment");
        settings.put("payment.http-port", "0");
        settings.put("payment.simulator.ledger", folder.resolve("ledger.jsonl").toString());
        return settings;
    }

    /** With these, which win. */
    Map<String, String> command(int paymentPort, Map<String, String> more) {
        Map<String, String> settings = of("command");
        settings.put("payment.host", "127.0.0.1");
        settings.put("payment.port", Integer.toString(paymentPort));
        settings.put("admission.jwks-url", keys());
        settings.put("ticket.key-file", folder.resolve("ticket-keys.json").toString());
        settings.put("partner.key-file", folder.resolve("partner-keys.json").toString());
        settings.put("presale.pepper-file", folder.resolve("presale-pepper").toString());
        settings.put("mail.host", stores.mail().uri().getHost());
        settings.put("mail.port", Integer.toString(stores.mail().uri().getPort()));
        settings.putAll(more);
        return settings;
    }

    /** With these, which win. */
    Map<String, String> room(int commandPort, Map<String, String> more) {
        Map<String, String> settings = of("waiting-room");
        settings.put("command.port", Integer.toString(commandPort));
        settings.putAll(more);
        return settings;
    }

    private Map<String, String> of(String service) {
        Map<String, String> settings = new HashMap<>(stores.settings());
        settings.remove("sql.owner-user"); // Migrated already.
        settings.putAll(tokens.settings());
        settings.put(
                "auth.issuer-directory", tokens.jwksFile().resolveSibling(".").toString());
        settings.put(service + ".port", "0");
        settings.put(service + ".management-port", "0");
        settings.put("rpc.instances", "1");
        settings.put("sql.acquire-timeout", "20s"); // The machine of the tests may be busy.
        settings.put("sql.lock-timeout", "10s");
        return settings;
    }
}
