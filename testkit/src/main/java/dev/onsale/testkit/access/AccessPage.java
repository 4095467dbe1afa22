package dev.onsale.testkit.access;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.onsale.proto.access.v1.AccessRow;
import dev.onsale.proto.access.v1.Audience;
import dev.onsale.proto.access.v1.Role;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code docs/access.md}, as the protos have it. */
public final class AccessPage {
    private static final List<Role> ROLES = Stream.of(Role.values())
            .filter(role -> role != Role.UNRECOGNIZED && role != Role.ROLE_UNSPECIFIED)
            .toList();

    private static final String HEAD = """
            # Who may call what

            <!-- Generated from the protos. Write it anew: mvn -pl testkit -am test -Dtest=AccessTableTest -Daccess.page=write
                 -Dsurefire.failIfNoSpecifiedTests=false -->

            Each method says in its proto who may call it (`option (onsale.access.v1.access)`), and the server enforces what stands
            there: nothing else in the code says it ([ADR 15](adr/0015-access-is-a-method-option.md)). A method that does not say it
            is not served.

            - **own**: about what is the caller's own. What is somebody else's looks as if it did not exist: `RESOURCE_NOT_FOUND`,
              the same answer as for a random id (for a place ticket `PLACE_TICKET_INVALID`, the same as for a forged one).
            - **any**: about anything, whoever owns it.
            - **others**: about anything but what is the caller's own. Nobody gives money back to themselves.
            - Empty: refused with `ROLE_REQUIRED` (PERMISSION_DENIED), before the request is looked at.

            Roles travel in the claim `roles` of the token. A caller with several roles may do what any of them may. Without a
            valid token a call is refused with `TOKEN_INVALID` (UNAUTHENTICATED), also where none is needed. The last column names
            the fields of the request by which an owner is found; where there are none, it is about the caller itself. Holds and
            bookings of events with a waiting room need an admission besides ([Architecture](ARCHITECTURE.md#the-gate)).

            Health (`grpc.health.v1.Health`) and reflection (`grpc.reflection.v1.ServerReflection`) are open to everybody.
            """;

    private AccessPage() {}

    /** The page. */
    public static String text() {
        return HEAD + Contracts.services().stream().map(AccessPage::service).collect(Collectors.joining());
    }

    private static String service(ServiceDescriptor service) {
        return """

                ## %s

                | method | no token | %s | owner by |
                | --- |%s --- |
                """.formatted(
                                service.getFullName().replaceFirst("^onsale\\.", ""),
                                ROLES.stream().map(AccessPage::word).collect(Collectors.joining(" | ")),
                                " --- |".repeat(ROLES.size() + 1))
                + service.getMethods().stream().map(AccessPage::line).collect(Collectors.joining());
    }

    private static String line(MethodDescriptor method) {
        AccessRow row = Contracts.row(method);
        String roles = ROLES.stream().map(role -> reach(row, role)).collect(Collectors.joining(" | "));
        String by = row.getByList().stream().map("`%s`"::formatted).collect(Collectors.joining(", "));
        String nobody = row.getOpenTo() == Audience.AUDIENCE_EVERYBODY ? "any" : "";
        return "| `%s` | %s | %s | %s |\n".formatted(method.getName(), nobody, roles, by);
    }

    private static String reach(AccessRow row, Role role) {
        if (row.getAnyList().contains(role) || row.getOpenTo() != Audience.AUDIENCE_UNSPECIFIED) {
            return "any";
        }
        if (row.getOwnList().contains(role)) {
            return "own";
        }
        return row.getOthersList().contains(role) ? "others" : "";
    }

    private static String word(Role role) {
        return role.name().substring("ROLE_".length()).toLowerCase(Locale.ROOT);
    }
}
