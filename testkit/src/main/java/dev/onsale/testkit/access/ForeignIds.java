package dev.onsale.testkit.access;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import dev.onsale.proto.access.v1.AccessRow;
import dev.onsale.proto.access.v1.Role;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.testkit.TestTokens;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Calls every method that has something with an owner in its request, with what it must not reach: the answer must be the same,
 * to the letter, as for an id of nothing. And with what it may reach, which must be found: else the test would prove nothing.
 */
public final class ForeignIds {
    private final AccessCalls calls;
    private final TestTokens tokens;
    private final Owner owner;
    private final Owner other;
    private final Map<String, List<String>> nothing;
    private final List<String> wrong = new ArrayList<>();
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
    }

    /**
     * What is called with.
     *
     * @param owner whose things are asked for
     * @param other who asks for them, with things of its own
     * @param nothing field to well-formed ids that name nothing
     */
    public ForeignIds(
            AccessCalls calls, TestTokens tokens, Owner owner, Owner other, Map<String, List<String>> nothing) {
        this.calls = calls;
        this.tokens = tokens;
        this.owner = owner;
        this.other = other;
        this.nothing = Map.copyOf(nothing);
    }

    /** What of these methods is wrong, in words. What must be refused is tried first: only what may be done changes anything. */
    public List<String> wrong(List<MethodDescriptor> methods) {
        for (MethodDescriptor method : methods) {
            AccessRow row = Contracts.row(method);
            for (String field : row.getByList()) {
                row.getOwnList().forEach(role -> hidden(method, field, token(role, other), other, owner));
                row.getOthersList().forEach(role -> hidden(method, field, token(role, owner), owner, owner));
            }
        }
        for (MethodDescriptor method : methods) {
            AccessRow row = Contracts.row(method);
            if (row.getByCount() > 0) {
                row.getAnyList().forEach(role -> reached(method, token(role, other)));
                row.getOthersList().forEach(role -> reached(method, token(role, other)));
                row.getOwnList().forEach(role -> reached(method, token(role, owner)));
            }
        }
        return wrong;
    }

    /** How many answers were compared with those for nothing. */
    public int compared() {
        return compared;
    }

    private String token(Role role, Owner bearer) {
        return tokens.of(dev.onsale.runtime.auth.Role.valueOf(role.name().replace("ROLE_", "")), bearer.account());
    }

    /** All is the caller's own in the request, but for this field. */
    private void hidden(MethodDescriptor method, String field, String token, Owner caller, Owner whose) {
        String told = answer(method, token, caller, Map.of(field, thing(whose, field)));
        String reason = IdFields.refusedWith(field).orElseThrow(() -> new AssertionError("no owner: " + field));
        if (!told.startsWith(reason + " ")) {
            wrong.add("%s, %s of %s: %s".formatted(Contracts.name(method), field, whose.account(), told));
        }
        for (String id : nothing.getOrDefault(field, List.of())) {
            String ofNothing = answer(method, token, caller, Map.of(field, id));
            compared++;
            if (!ofNothing.equals(told)) {
                wrong.add("%s, %s: %s for somebody else's, %s for %s"
                        .formatted(Contracts.name(method), field, told, ofNothing, id));
            }
        }
    }

    private void reached(MethodDescriptor method, String token) {
        String told = answer(method, token, owner, Map.of());
        boolean hidden = Contracts.row(method).getByList().stream()
                .anyMatch(field -> told.startsWith(IdFields.refusedWith(field).orElse("-") + " "));
        if (hidden) {
            wrong.add("%s does not find what it may: %s".formatted(Contracts.name(method), told));
        }
    }

    private String answer(MethodDescriptor method, String token, Owner own, Map<String, String> changed) {
        Map<String, String> fields = new HashMap<>();
        Contracts.row(method).getByList().forEach(field -> fields.put(field, thing(own, field)));
        if (method.getInputType().findFieldByName("request_id") != null) {
            fields.put("request_id", UUID.randomUUID().toString());
        }
        fields.putAll(changed);
        Message request = AccessRequests.with(AccessRequests.of(method), fields);
        return said(calls.refusal(method, request, token));
    }

    private static String thing(Owner owner, String field) {
        String thing = owner.things().get(field);
        if (thing == null) {
            throw new AssertionError("the test gives " + owner.account() + " no " + field);
        }
        return thing;
    }

    /** All that reaches the caller, but for how long it should wait. */
    private static String said(Optional<Refusal> refusal) {
        return refusal.map(no ->
                        "%s %s %s %s %s".formatted(no.reasonName(), no.status(), no.text(), no.metadata(), no.fields()))
                .orElse("OK");
    }
}
