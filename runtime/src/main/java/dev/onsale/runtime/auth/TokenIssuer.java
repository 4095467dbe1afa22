package dev.onsale.runtime.auth;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * The embedded issuer, for laptops and tests: its key lives in a directory ({@code issuer-key.json}, readable by the
 * owner alone) beside the public half ({@code jwks.json}, which {@code auth.jwks-file} may name). Not for production.
 */
public final class TokenIssuer {

    private static final String SECRET_FILE = "issuer-key.json";
    private static final String PUBLIC_FILE = "jwks.json";

    private final SigningKey key;
    private final Path directory;

    private TokenIssuer(SigningKey key, Path directory) {
        this.key = key;
        this.directory = directory;
    }

    /** The issuer whose key is in the directory; makes the key on first use. */
    public static TokenIssuer open(Path directory) {
        try {
            Files.createDirectories(directory);
            var secret = directory.resolve(SECRET_FILE);
            if (!Files.exists(secret)) {
                writeSecret(secret, SigningKey.generate().secret());
            }
            var key = SigningKey.parse(Files.readString(secret));
            var issuer = new TokenIssuer(key, directory);
            Files.writeString(issuer.jwksFile(), issuer.jwks());
            return issuer;
        } catch (IOException e) {
            throw new UncheckedIOException("Can't open the issuer in " + directory, e);
        }
    }

    /** An access token of this product for the account. */
    public String issue(String account, Set<Role> roles, Duration life) {
        var now = Instant.now().getEpochSecond();
        return sign(new JsonObject()
                .put("iss", AuthConfig.LOCAL_ISSUER)
                .put("aud", AuthConfig.AUDIENCE)
                .put("sub", account)
                .put(
                        "roles",
                        new JsonArray(roles.stream().map(Role::claim).sorted().toList()))
                .put("iat", now)
                .put("exp", now + life.toSeconds()));
    }

    /** A token with exactly these claims. */
    public String sign(JsonObject claims) {
        return key.sign("JWT", claims);
    }

    /** The public key, as served at {@code /.well-known/jwks.json}. */
    public String jwks() {
        return key.jwks();
    }

    /** The file with the public key. */
    public Path jwksFile() {
        return directory.resolve(PUBLIC_FILE);
    }

    private static void writeSecret(Path file, String content) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var draft = Files.createTempFile(file.toAbsolutePath().getParent(), "issuer", ".tmp", ownerOnly);
        Files.writeString(draft, content);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
