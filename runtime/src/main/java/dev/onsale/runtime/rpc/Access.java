package dev.onsale.runtime.rpc;

import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.onsale.proto.access.v1.AccessProto;
import dev.onsale.proto.access.v1.AccessRow;
import dev.onsale.proto.access.v1.Audience;
import dev.onsale.runtime.auth.Principal;
import dev.onsale.runtime.auth.Role;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Who may call a method, and about whose things: the row that stands at the method in its proto ({@code
 * onsale.access.v1.access}). There is no other place that says it.
 *
 * @param open whether a caller without a token may call too
 * @param roles the caller needs one of these, and reaches so far with it; empty: any token will do
 * @param by fields of the request that name what has an owner; empty: nothing has, or it is the caller itself
 */
public record Access(boolean open, Map<Role, Reach> roles, List<String> by) {

    /** Everybody, with or without a token. A token that is sent must still be valid. */
    public static final Access PUBLIC = new Access(true, Map.of(), List.of());

    /** Everybody with a valid token. */
    public static final Access SIGNED_IN = new Access(false, Map.of(), List.of());

    /** The rows of methods whose protos are not ours. */
    private static final Map<String, Access> FOREIGN = Map.of(
            "grpc.health.v1.Health.Check", PUBLIC,
            "grpc.health.v1.Health.Watch", PUBLIC,
            "grpc.health.v1.Health.List", PUBLIC,
            "grpc.reflection.v1.ServerReflection.ServerReflectionInfo", PUBLIC);

    private static final String PREFIX = "ROLE_";

    /** Copies what it is given. */
    public Access {
        roles = Map.copyOf(roles);
        by = List.copyOf(by);
    }

    /** About whose things a role may call. */
    public enum Reach {
        /** What is the caller's own; the rest looks as if it did not exist. */
        OWN,
        /** Anything. */
        ANY,
        /** Anything but what is the caller's own. */
        OTHERS;

        boolean includes(boolean own) {
            return this == ANY || (this == OWN) == own;
        }
    }

    /**
     * The row of a method.
     *
     * @throws IllegalStateException if it has none, or one that contradicts itself: then it can't be served
     */
    public static Access of(MethodDescriptor method) {
        var foreign = FOREIGN.get(method.getFullName());
        if (foreign != null) {
            return foreign;
        }
        if (!method.getOptions().hasExtension(AccessProto.access)) {
            throw wrong(method, "has none");
        }
        return read(method, method.getOptions().getExtension(AccessProto.access));
    }

    private static Access read(MethodDescriptor method, AccessRow row) {
        var roles = new EnumMap<Role, Reach>(Role.class);
        put(method, roles, row.getOwnList(), Reach.OWN);
        put(method, roles, row.getAnyList(), Reach.ANY);
        put(method, roles, row.getOthersList(), Reach.OTHERS);
        boolean named = row.getOpenTo() == Audience.AUDIENCE_UNSPECIFIED;
        if (named == roles.isEmpty() || row.getOpenTo() == Audience.UNRECOGNIZED) {
            throw wrong(method, "must name roles or say to whom it is open, and not both");
        }
        var fields = method.getInputType();
        if (row.getByList().stream().anyMatch(field -> fields.findFieldByName(field) == null)) {
            throw wrong(method, "names fields that the request has not got");
        }
        return new Access(row.getOpenTo() == Audience.AUDIENCE_EVERYBODY, roles, row.getByList());
    }

    private static void put(
            MethodDescriptor method, Map<Role, Reach> roles, List<dev.onsale.proto.access.v1.Role> named, Reach reach) {
        for (var role : named) {
            var known = role.name().startsWith(PREFIX)
                    ? Role.ofClaim(role.name().substring(PREFIX.length()).toLowerCase(Locale.ROOT))
                    : null;
            if (known == null || known.isEmpty() || roles.putIfAbsent(known.get(), reach) != null) {
                throw wrong(method, "names a role that does not exist, or one twice");
            }
        }
    }

    private static IllegalStateException wrong(MethodDescriptor method, String what) {
        return new IllegalStateException(
                "onsale.access.v1.access of " + method.getFullName() + " " + what + ": see CONTRIBUTING, Add an RPC");
    }

    boolean allows(Principal principal) {
        return roles.isEmpty() || roles.keySet().stream().anyMatch(principal::is);
    }

    /** Whether the caller may do it to what belongs to this account; if not, it must look as if it did not exist. */
    boolean reaches(Principal principal, String owner) {
        boolean own = owner.equals(principal.account());
        return roles.isEmpty()
                || roles.entrySet().stream()
                        .anyMatch(row ->
                                principal.is(row.getKey()) && row.getValue().includes(own));
    }
}
