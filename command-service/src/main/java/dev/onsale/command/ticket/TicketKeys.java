package dev.onsale.command.ticket;

import dev.onsale.runtime.auth.KeyRing;
import dev.onsale.runtime.auth.VerificationKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/** The keys that tickets are signed with: the first signs, all verify, so that keys can be rotated. */
public final class TicketKeys {
    private final List<TicketKey> keys;
    private final KeyRing ring;

    private TicketKeys(List<TicketKey> keys) {
        this.keys = List.copyOf(keys);
        this.ring = KeyRing.parse(jwks().encode());
    }

    /** The keys in the file, a JWK set; makes it, readable by its owner alone, if it isn't there. */
    public static TicketKeys open(Path file) {
        try {
            if (!Files.exists(file)) {
                create(file.toAbsolutePath());
            }
            JsonArray set = new JsonObject(Files.readString(file)).getJsonArray("keys", new JsonArray());
            List<TicketKey> keys =
                    set.stream().map(each -> TicketKey.parse((JsonObject) each)).toList();
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("No keys in " + file);
            }
            return new TicketKeys(keys);
        } catch (IOException e) {
            throw new UncheckedIOException("Can't open the ticket keys in " + file, e);
        }
    }

    /** Of several nodes that make the file at the same time, one succeeds and all use its key. */
    private static void create(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Path draft = Files.createTempFile(file.getParent(), "ticket-keys", ".tmp", ownerOnly);
        try {
            JsonArray keys = new JsonArray().add(TicketKey.generate().secret());
            Files.writeString(draft, new JsonObject().put("keys", keys).encodePrettily());
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException anotherWasFaster) {
            // Its key is as good.
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    TicketKey signing() {
        return keys.getFirst();
    }

    Optional<VerificationKey> find(String kid) {
        return ring.find(kid);
    }

    /** The public parts, by key. */
    List<JsonObject> publicKeys() {
        return keys.stream().map(TicketKey::jwk).toList();
    }

    /** The public parts as a JWK set: all that a scanner needs to check codes offline. */
    public JsonObject jwks() {
        JsonArray set = new JsonArray();
        publicKeys().forEach(set::add);
        return new JsonObject().put("keys", set);
    }
}
