package dev.onsale.testkit.access;

import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.onsale.proto.access.v1.AccessRow;
import dev.onsale.proto.access.v1.Audience;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.testkit.TestTokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Every cell of the table: each method called as each role, without a token, with one that has run out, and with one without a
 * role. A cell is right if the call is refused for its token or role exactly when the proto says so. What may pass is answered
 * somehow else: there is no such booking, for example. Reasons are compared, not codes: an admission that is missing is
 * UNAUTHENTICATED too.
 */
public final class AccessCells {
    private static final String ACCOUNT = "cell-caller";
    private static final String TOKEN_INVALID = "TOKEN_INVALID";
    private static final String ROLE_REQUIRED = "ROLE_REQUIRED";

    /** Methods that are called with another credential than a token, which these calls have not: whoever calls is refused. */
    private static final Set<String> BY_KEY = Set.of("onsale.partner.v1.PartnerTokenService/ExchangeApiKey");

    private final AccessCalls calls;
    private final Map<String, String> tokens = new LinkedHashMap<>();
    private int checked;

    /** The cells of a running server that believes these tokens. */
    public AccessCells(AccessCalls calls, TestTokens issuer) {
        this.calls = calls;
        tokens.put("no token", "");
        tokens.put("expired", issuer.issuer().issue(ACCOUNT, Set.of(Role.values()), Duration.ofHours(-1)));
        tokens.put("no role", issuer.issuer().issue(ACCOUNT, Set.of(), Duration.ofHours(1)));
        for (Role role : Role.values()) {
            tokens.put(role.name(), issuer.of(role, ACCOUNT));
        }
    }

    /** The cells of these methods that are not as the protos say, in words. */
    public List<String> wrong(List<MethodDescriptor> methods) {
        List<String> wrong = new ArrayList<>();
        for (MethodDescriptor method : methods) {
            tokens.forEach((caller, token) -> {
                Optional<String> expected = BY_KEY.contains(Contracts.name(method))
                        ? Optional.of(TOKEN_INVALID)
                        : expected(Contracts.row(method), caller);
                Optional<Refusal> answer = calls.refusal(method, AccessRequests.of(method), token);
                Optional<String> told = answer.map(Refusal::reasonName)
                        .filter(reason -> reason.equals(TOKEN_INVALID) || reason.equals(ROLE_REQUIRED));
                checked++;
                if (!told.equals(expected)) {
                    wrong.add("%s as %s: %s instead of %s"
                            .formatted(
                                    Contracts.name(method),
                                    caller,
                                    answer.map(Refusal::toString).orElse("passed"),
                                    expected.orElse("passing")));
                }
            });
        }
        return wrong;
    }

    /** How many cells were looked at. */
    public int checked() {
        return checked;
    }

    /** How many cells a method has. */
    public int each() {
        return tokens.size();
    }

    private static Optional<String> expected(AccessRow row, String caller) {
        if (caller.equals("expired")) {
            return Optional.of(TOKEN_INVALID);
        }
        if (row.getOpenTo() == Audience.AUDIENCE_EVERYBODY) {
            return Optional.empty();
        }
        if (caller.equals("no token")) {
            return Optional.of(TOKEN_INVALID);
        }
        boolean named = Stream.of(row.getOwnList(), row.getAnyList(), row.getOthersList())
                .flatMap(List::stream)
                .anyMatch(role -> role.name().equals("ROLE_" + caller));
        return named || row.getOpenTo() == Audience.AUDIENCE_SIGNED_IN ? Optional.empty() : Optional.of(ROLE_REQUIRED);
    }
}
