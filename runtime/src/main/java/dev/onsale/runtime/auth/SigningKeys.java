package dev.onsale.runtime.auth;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Ed25519 keys in a file, a JWK set: the first signs, all are shown, so that they can be rotated. */
public final class SigningKeys {

    private final Path file;
    private final List<SigningKey> keys;

    private SigningKeys(Path file, List<SigningKey> keys) {
        this.file = file;
        this.keys = List.copyOf(keys);
    }

    /** The keys in the file; makes it, readable by its owner alone, if it isn't there. */
    public static SigningKeys open(Path file) {
        try {
            if (!Files.exists(file)) {
                create(file.toAbsolutePath());
            }
            JsonArray set = new JsonObject(Files.readString(file)).getJsonArray("keys", new JsonArray());
            List<SigningKey> keys = set.stream()
                    .map(each -> SigningKey.parse(((JsonObject) each).encode()))
                    .toList();
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("No keys in " + file);
            }
            return new SigningKeys(file, keys);
        } catch (IOException e) {
            throw new UncheckedIOException("Can't open the keys in " + file, e);
        }
    }

    /** Of several nodes that make the file at the same time, one succeeds and all use its key. */
    private static void create(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Path draft = Files.createTempFile(file.getParent(), "keys", ".tmp", ownerOnly);
        try {
            JsonArray keys = new JsonArray()
                    .add(new JsonObject(SigningKey.generateEd25519().secret()));
            Files.writeString(draft, new JsonObject().put("keys", keys).encodePrettily());
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException anotherWasFaster) {
            // Its key is as good.
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Where they are. */
    public Path file() {
        return file;
    }

    /** The key that signs. */
    public SigningKey signing() {
        return keys.getFirst();
    }

    /** The public parts as a JWK set. */
    public JsonObject jwks() {
        JsonArray set = new JsonArray();
        keys.forEach(key -> set.add(key.publicJwk()));
        return new JsonObject().put("keys", set);
    }
}
