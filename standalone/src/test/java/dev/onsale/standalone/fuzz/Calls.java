package dev.onsale.standalone.fuzz;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.rpc.FieldValidation;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Calls of every method. Whoever sends one can't change anything by it: {@link Effect} says how that is made sure of. Most
 * come from who may call the method, so that they get as far as the field validation and the handlers.
 */
final class Calls {

    private final Scene scene;
    private final FieldValidation rules;
    private final Map<String, List<String>> strangersIds;

    Calls(Scene scene) {
        this.scene = scene;
        this.rules = FieldValidation.of(scene.rpcs().stream()
                .map(rpc -> rpc.request().getDescriptorForType())
                .distinct()
                .toList());
        this.strangersIds = scene.ids().entrySet().stream()
                .filter(ids -> !ids.getKey().equals("account")) // Names anybody, also who is not there.
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** With nothing, or with some of its fields, changed. */
    Input fields(SplittableRandom random) {
        return draft("fields", random, Math.max(0, random.nextInt(6) - 3), false)
                .done();
    }

    /** With the bytes of its message changed. */
    Input bytes(SplittableRandom random) {
        return draft("bytes", random, 0, true).done();
    }

    /** One that is as it should be, from somebody whom it does no harm to let in; it may still be refused. */
    Draft plain(String kind, SplittableRandom random) {
        return draft(kind, random, 0, false);
    }

    private Draft draft(String kind, SplittableRandom random, int changes, boolean raw) {
        Rpc rpc = scene.rpcs().get(random.nextInt(scene.rpcs().size()));
        Role role = rpc.roles().isEmpty()
                ? Role.FAN
                : rpc.roles().get(random.nextInt(rpc.roles().size()));
        Message message = new Messages(random, ids(rpc, role)).make(rpc.request());
        for (int i = 0; i < changes; i++) {
            message = Nasty.change(random, message);
        }
        byte[] bytes = message.toByteArray();
        if (raw) {
            bytes = Bytes.mutate(random, bytes);
        }
        boolean trusted = rpc.effect() != Effect.MAKES || refused(rpc, bytes);
        return trusted && random.nextInt(8) > 0
                ? fromWhoMay(kind, random, rpc, role, bytes)
                : fromOutside(kind, random, rpc, bytes);
    }

    private Map<String, List<String>> ids(Rpc rpc, Role role) {
        boolean buyer = role == Role.FAN || role == Role.PARTNER;
        return switch (rpc.effect()) {
            case READS, MAKES -> scene.ids();
            case NAMES -> buyer && Effect.strangersMayName(rpc.verb()) ? strangersIds : Map.of();
        };
    }

    private Draft fromWhoMay(String kind, SplittableRandom random, Rpc rpc, Role role, byte[] bytes) {
        boolean anonymous = rpc.open() && random.nextInt(3) == 0;
        boolean owner = rpc.effect() == Effect.READS && random.nextInt(4) > 0;
        String token =
                anonymous ? "" : owner ? scene.token(role) : scene.tokens().apply(role, Scene.STRANGER);
        Draft draft = new Draft(kind, rpc, token, bytes);
        return rpc.effect() == Effect.READS ? draft.allow(Leeway.OK) : draft;
    }

    /** Without a token, or with one of a role that may not. */
    Draft fromOutside(String kind, SplittableRandom random, Rpc rpc, byte[] bytes) {
        List<Role> others = java.util.Arrays.stream(Role.values())
                .filter(role -> !rpc.roles().contains(role))
                .toList();
        String token =
                others.isEmpty() || random.nextBoolean() ? "" : scene.token(others.get(random.nextInt(others.size())));
        Draft draft = new Draft(kind + "-outside", rpc, token, bytes);
        return rpc.open() ? draft.allow(Leeway.OK) : draft;
    }

    /** Whether the rules of the contract refuse it, so that even who may call can't do harm by it. */
    private boolean refused(Rpc rpc, byte[] bytes) {
        try {
            return rules.check((Message) rpc.request().getParserForType().parseFrom(bytes)) != null;
        } catch (InvalidProtocolBufferException unreadable) {
            return true;
        } catch (RuntimeException unchecked) {
            return false;
        }
    }
}
