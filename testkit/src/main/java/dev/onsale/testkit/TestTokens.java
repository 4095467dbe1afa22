package dev.onsale.testkit;

import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.auth.TokenIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** An issuer of tokens for tests, with a key of its own; a service believes it when given {@link #settings}. */
public final class TestTokens {

    private static final Duration LIFE = Duration.ofHours(1);

    private final TokenIssuer issuer;

    private TestTokens(TokenIssuer issuer) {
        this.issuer = issuer;
    }

    /** A new issuer, whose files go away with the JVM. */
    public static TestTokens create() {
        try {
            Path folder = Files.createTempDirectory("onsale-issuer-");
            TokenIssuer issuer = TokenIssuer.open(folder);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder), "issuer-cleanup"));
            return new TestTokens(issuer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path folder) {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A token for this account with one role, good for an hour. */
    public String of(Role role, String account) {
        return issuer.issue(account, Set.of(role), LIFE);
    }

    /** A fan's token. */
    public String fan(String account) {
        return of(Role.FAN, account);
    }

    /** An operator's token. */
    public String operator(String account) {
        return of(Role.OPERATOR, account);
    }

    /** The issuer itself, for tokens that are wrong in some way. */
    public TokenIssuer issuer() {
        return issuer;
    }

    /** The file with the public keys. */
    public Path jwksFile() {
        return issuer.jwksFile();
    }

    /** What a service must be told to believe these tokens. */
    public Map<String, String> settings() {
        return Map.of("auth.jwks-file", jwksFile().toString());
    }
}
