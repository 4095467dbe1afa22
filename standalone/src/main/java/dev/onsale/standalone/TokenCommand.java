package dev.onsale.standalone;

import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.auth.TokenIssuer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints a signed token of the embedded issuer. The running {@code up} on the same data believes it at once. */
@Command(name = "token", description = "Prints a signed token of the embedded issuer.", mixinStandardHelpOptions = true)
final class TokenCommand implements Callable<Integer> {

    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9_.|@:-]{1,128}");

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--sub", required = true, paramLabel = "ACCOUNT", description = "Whose token it is, e.g. alice.")
    private String account = "";

    @Option(
            names = "--role",
            required = true,
            split = ",",
            paramLabel = "ROLE",
            description = "What the bearer may be: ${COMPLETION-CANDIDATES}.")
    private Set<Role> roles = EnumSet.noneOf(Role.class);

    @Option(names = "--hours", defaultValue = "24", description = "How long it is good for (default: 24).")
    private int hours;

    @Override
    public Integer call() {
        if (!ACCOUNT.matcher(account).matches()) {
            throw new CannotRun("--sub: " + account + " (expected: " + ACCOUNT + ")");
        }
        System.out.println(TokenIssuer.open(data.issuer()).issue(account, roles, Duration.ofHours(hours)));
        return 0;
    }
}
