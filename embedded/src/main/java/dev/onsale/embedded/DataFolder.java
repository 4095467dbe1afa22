package dev.onsale.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder all stores of a set keep their data in, locked against a second set; a temporary one is removed at the end. */
final class DataFolder implements AutoCloseable {

    private final Path root;
    private final boolean temporary;
    private final FileChannel lockFile;

    private DataFolder(Path root, boolean temporary, FileChannel lockFile) {
        this.root = root;
        this.temporary = temporary;
        this.lockFile = lockFile;
    }

    static DataFolder open(@Nullable Path persistent) {
        try {
            Path root = persistent == null ? Files.createTempDirectory("onsale-stores-") : persistent;
            Files.createDirectories(root.resolve("logs"));
            if (persistent == null) {
                Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
            }
            return new DataFolder(root, persistent == null, lock(root));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot use the data folder " + persistent, e);
        }
    }

    private static FileChannel lock(Path root) throws IOException {
        Path file = root.resolve("lock");
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (!locked(channel)) {
            String owner = Files.readString(file).strip();
            channel.close();
            throw new StoresException("The data folder " + root + " is in use by the process " + owner
                    + ": stop that one first, or choose another folder");
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        return channel;
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    boolean temporary() {
        return temporary;
    }

    StoreFolder of(StoreKind kind) {
        Path folder = root.resolve(kind.label());
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the folder " + folder, e);
        }
        return new StoreFolder(
                folder,
                root.resolve("logs").resolve(kind.label() + ".log"),
                temporary ? Optional.of(root) : Optional.empty());
    }

    @Override
    public void close() {
        try {
            lockFile.close();
            if (temporary) {
                remove(root);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + root, e);
        }
    }

    private static void remove(Path root) throws IOException {
        if (Files.notExists(root)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(root)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
