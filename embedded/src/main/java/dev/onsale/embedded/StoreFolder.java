package dev.onsale.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where one store keeps its files.
 *
 * @param path the folder; owned by the account that runs the store
 * @param log what the process prints
 * @param scratch what goes away with the stores, this folder included; none if the data are to stay
 */
record StoreFolder(Path path, Path log, Optional<Path> scratch) {

    /** Whether nothing in it needs to survive a power cut. */
    boolean temporary() {
        return scratch.isPresent();
    }

    /** A folder inside, made if missing and given to the account. */
    Path inner(String name, Account account) {
        Path inner = path.resolve(name);
        try {
            Files.createDirectories(inner);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the folder " + inner, e);
        }
        account.own(inner);
        return inner;
    }
}
