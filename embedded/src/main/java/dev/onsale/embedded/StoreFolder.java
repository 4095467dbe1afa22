package dev.onsale.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where one store keeps its files.
 *
 * @param path the folder; owned by the account that runs the store
 * @param log what the process prints
 * @param temporary whether the folder goes away with the store, so nothing in it needs to survive a power cut
 */
record StoreFolder(Path path, Path log, boolean temporary) {

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
