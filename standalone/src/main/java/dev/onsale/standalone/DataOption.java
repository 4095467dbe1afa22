package dev.onsale.standalone;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --data} that most commands share. */
public final class DataOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the data are (default: $ONSALE_DATA, or .onsale beside the launcher).")
    private @Nullable Path data;

    /** The data folder, absolute; it need not exist. */
    public Path folder() {
        Path chosen = data == null ? usual() : data;
        return chosen.toAbsolutePath().normalize();
    }

    /** The folder with the embedded issuer's key. */
    public Path issuer() {
        return issuer(folder());
    }

    static Path issuer(Path data) {
        return data.resolve("issuer");
    }

    private static Path usual() {
        String given = System.getenv("ONSALE_DATA");
        return given != null && !given.isBlank()
                ? Path.of(given)
                : Path.of(System.getProperty("onsale.root", ".")).resolve(".onsale");
    }
}
