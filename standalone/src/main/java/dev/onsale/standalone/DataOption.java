package dev.onsale.standalone;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option {@code --data} that most commands share. */
public final class DataOption {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the data are (default: $ONSALE_DATA, or .onsale beside the launcher).")
    private Path data = usual();

    /** The data folder, absolute; it need not exist. */
    public Path folder() {
        return data.toAbsolutePath().normalize();
    }

    /** The folder with the embedded issuer's key. */
    public Path issuer() {
        return issuer(folder());
    }

    static Path issuer(Path data) {
        return data.resolve("issuer");
    }

    static Path usual() {
        String given = System.getenv("ONSALE_DATA");
        return given != null && !given.isBlank()
                ? Path.of(given)
                : Path.of(System.getProperty("onsale.root", ".")).resolve(".onsale");
    }
}
