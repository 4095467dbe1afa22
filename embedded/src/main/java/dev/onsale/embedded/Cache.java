package dev.onsale.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Where distributions are unpacked, once for all runs: {@code ONSALE_CACHE}, else {@code /var/cache/onsale} for root and
 * {@code ~/.cache/onsale} for a user, else a folder for temporary files.
 */
final class Cache {

    private Cache() {}

    /** Fills a new folder. */
    @FunctionalInterface
    interface Filler {
        void fill(Path folder) throws IOException;
    }

    /** The folder of that name, filled if this is its first use. Safe with several processes: the last step is a rename. */
    static synchronized Path folder(String name, Account account, Filler filler) {
        Path root = root(account);
        Path folder = root.resolve(name);
        if (Files.isDirectory(folder)) {
            return folder;
        }
        try (FileChannel channel = FileChannel.open(
                        root.resolve(name + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (lock.isValid() && !Files.isDirectory(folder)) {
                Path unfinished = Files.createTempDirectory(root, name + "-");
                filler.fill(unfinished);
                Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
                Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot unpack " + name + " into " + root, e);
        }
    }

    private static Path root(Account account) {
        String given = System.getenv("ONSALE_CACHE");
        Path usual = given != null
                ? Path.of(given).toAbsolutePath()
                : account.switches() ? Path.of("/var/cache/onsale") : home().resolve("onsale");
        return writable(usual)
                .or(() -> writable(Path.of(System.getProperty("java.io.tmpdir"), "onsale-cache-" + account.user())))
                .orElseThrow(() -> new StoresException("Cannot write to " + usual + "; name a folder in ONSALE_CACHE"));
    }

    private static Path home() {
        String given = System.getenv("XDG_CACHE_HOME");
        return given != null && !given.isEmpty() ? Path.of(given) : Path.of(System.getProperty("user.home"), ".cache");
    }

    private static Optional<Path> writable(Path folder) {
        try {
            Files.createDirectories(folder);
            return Files.isWritable(folder) ? Optional.of(folder) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
