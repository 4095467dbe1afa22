package dev.onsale.testkit.access;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import dev.onsale.proto.access.v1.AccessRow;
import dev.onsale.proto.access.v1.Role;
import dev.onsale.runtime.error.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;

/**
 * Calls every method that has something with an owner in its request, with what it must not reach: the answer must be the same,
 * to the letter, as for an id of nothing. And with what it may reach, which must be found: else the test would prove nothing.
 */
public final class ForeignIds {
    private final AccessCalls calls;
    private final BiFunction<dev.onsale.runtime.auth.Role, String, String> tokens;
    private final Owner owner;
    private final Owner other;
    private final Map<String, List<String>> nothing;
    private int compared;

    /**
     * An account and what belongs to it.
     *
     * @param things field to id, for each field that names something with an owner
     */
    public record Owner(String account, Map<String, String> things) {
        /** Copies the things. */
        public Owner {
            things = Map.copyOf(things);
        }

        /** What of its own the field names. */
        public String thing(String field) {
            String thing = things.get(field);
            if (thing == null) {
                throw new AssertionError("the test gives " + account + " no " + field);
            }
            return thing;
        }
    }

    /**
     * What is called with.
     *
     * @param tokens role and account to a token of theirs
     * @param owner whose things are asked for
     * @param other who asks for them, with things of its own
     * @param nothing field to well-formed ids that name nothing
     */
    public ForeignIds(
            AccessCalls calls,
            BiFunction<dev.onsale.runtime.auth.Role, String, String> tokens,
            Owner owner,
            Owner other,
            Map<String, List<String>> nothing) {
        this.calls = calls;
        this.tokens = tokens;
        this.owner = owner;
        this.other = other;
        this.nothing = Map.copyOf(nothing);
    }

    /** Where these methods give away or change what they must not reach, in words. */
    public List<String> wronglyReached(List<MethodDescriptor> methods) {
        List<String> wrong = new ArrayList<>();
        for (MethodDescriptor method : methods) {
            AccessRow row = Contracts.row(method);
            for (String field : row.getByList()) {
                row.getOwnList().forEach(role -> wrong.addAll(hidden(method, field, token(role, other), other)));
                row.getOthersList().forEach(role -> wrong.addAll(hidden(method, field, token(role, owner), owner)));
            }
        }
        return wrong;
    }

    /** Where these methods don't find what they may reach, in words. Does whatever they do. */
    public List<String> wronglyHidden(List<MethodDescriptor> methods) {
        List<String> wrong = new ArrayList<>();
        for (MethodDescriptor method : methods) {
            AccessRow row = Contracts.row(method);
            if (row.getByCount() > 0) {
                row.getAnyList().forEach(role -> wrong.addAll(reached(method, token(role, other))));
                row.getOthersList().forEach(role -> wrong.addAll(reached(method, token(role, other))));
                row.getOwnList().forEach(role -> wrong.addAll(reached(method, token(role, owner))));
            }
        }
        return wrong;
    }

    /** How many answers were compared with those for nothing. */
    public int compared() {
        return compared;
    }

    private String token(Role role, Owner bearer) {
        return tokens.apply(dev.onsale.runtime.auth.Role.valueOf(role.name().replace("ROLE_", "")), bearer.account());
    }

    /** All is the caller's own in the request, but for this field, which is the owner's. */
    private List<String> hidden(MethodDescriptor method, String field, String token, Owner caller) {
        List<String> wrong = new ArrayList<>();
        String told = answer(method, token, caller, Map.of(field, owner.thing(field)));
        if (!told.startsWith(reason(field))) {
            wrong.add("%s, %s of %s: %s".formatted(Contracts.name(method), field, owner.account(), told));
        }
        for (String id : nothing.getOrDefault(field, List.of())) {
            String ofNothing = answer(method, token, caller, Map.of(field, id));
            compared++;
            if (!ofNothing.equals(told)) {
                wrong.add("%s, %s: %s, but %s for %s".formatted(Contracts.name(method), field, told, ofNothing, id));
            }
        }
        return wrong;
    }

    private List<String> reached(MethodDescriptor method, String token) {
        String told = answer(method, token, owner, Map.of());
        boolean hidden = Contracts.row(method).getByList().stream().anyMatch(field -> told.startsWith(reason(field)));
        return hidden ? List.of("%s: %s".formatted(Contracts.name(method), told)) : List.of();
    }

    private static String reason(String field) {
        return IdFields.refusedWith(field).orElseThrow(() -> new AssertionError("no owner: " + field)) + " ";
    }

    private String answer(MethodDescriptor method, String token, Owner own, Map<String, String> changed) {
        Map<String, String> fields = new HashMap<>();
        Contracts.row(method).getByList().forEach(field -> fields.put(field, own.thing(field)));
        if (method.getInputType().findFieldByName("request_id") != null) {
            fields.put("request_id", UUID.randomUUID().toString());
        }
        fields.putAll(changed);
        Message request = AccessRequests.with(AccessRequests.of(method), fields);
        return said(calls.refusal(method, request, token));
    }

    /** All that reaches the caller, but for how long it should wait. */
    private static String said(Optional<Refusal> refusal) {
        return refusal.map(no ->
                        "%s %s %s %s %s".formatted(no.reasonName(), no.status(), no.text(), no.metadata(), no.fields()))
                .orElse("OK");
    }
}
