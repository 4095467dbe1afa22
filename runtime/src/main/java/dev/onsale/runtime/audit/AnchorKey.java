package dev.onsale.runtime.audit;

import dev.onsale.runtime.auth.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/** The key that signs anchors, in a file that only its owner may read. */
final class AnchorKey {
    private static final String PUBLIC_FILE = "jwks.json";

    private AnchorKey() {}

    /** The key in the file, made if there is none; its public part is written beside it. Of several that make it one succeeds. */
    static SigningKey open(Path file) {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
        try {
            Files.createDirectories(folder);
            if (!Files.exists(file)) {
                create(folder, file);
            }
            SigningKey key = SigningKey.parse(Files.readString(file));
            publish(folder, key);
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException("Can't open the key of the audit log in " + file, e);
        }
    }

    private static void create(Path folder, Path file) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Path draft = Files.createTempFile(folder, "audit", ".tmp", ownerOnly);
        try {
            Files.writeString(draft, SigningKey.generateEd25519().secret());
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException anotherWasFaster) {
            // Its key is as good.
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void publish(Path folder, SigningKey key) throws IOException {
        Path draft = Files.createTempFile(folder, "jwks", ".tmp");
        Files.writeString(draft, key.jwks());
        Files.move(
                draft,
                folder.resolve(PUBLIC_FILE),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
    }
}
