package dev.onsale.tools.bench;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What every bench is told, and how it prints what it found. */
final class BenchOptions {
    @Option(
            names = "--data",
            description = "Data folder of the running system (for its issuer).",
            defaultValue = ".onsale")
    private Path data = Path.of(".onsale");

    @Option(
            names = "--command",
            description = "Command service (default: ${DEFAULT-VALUE}).",
            defaultValue = "127.0.0.1:7001")
    private String command = "127.0.0.1:7001";

    @Option(
            names = "--rounds",
            description = "Rounds; the median counts (default: ${DEFAULT-VALUE}).",
            defaultValue = "3")
    private int rounds = 3;

    @Option(names = "--json", description = "Only one JSON object.")
    private boolean json;

    /** Where the running system keeps its issuer. */
    Path issuer() {
        return data.resolve("issuer");
    }

    String command() {
        return command;
    }

    int rounds() {
        return rounds;
    }

    /** The JSON object last, and before it the table unless only that is wanted. */
    void print(String table, JsonObject object) {
        System.out.println(json ? object.encode() : table + "\n" + object.encode());
    }
}
