package dev.onsale.runtime.rpc;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.onsale.runtime.auth.Ability;
import dev.onsale.runtime.auth.Scope;
import io.vertx.core.Future;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Keeps the tokens of partners' API keys to their scope: what a method is for, and the events that a request names. What names
 * its event only by a hold, a booking or a ticket is checked where that is known.
 */
public final class ScopeGuard implements Guard {

    private static final String OURS = "onsale.";
    private static final String PARTNER = "onsale.partner.v1.";
    private static final String WEBHOOKS = PARTNER + "PartnerWebhookService/";
    private static final String FEED = PARTNER + "PartnerFeedService/";
    private static final String TOKENS = PARTNER + "PartnerTokenService/";

    /** They give what opens the gate, though their names begin like reading. */
    private static final Set<String> SELLS = Set.of("onsale.ticket.v1.TicketService/GetTicketDocument");

    private static final Pattern READS = Pattern.compile("(Get|List|BatchGet|Watch|Search|Quote|Verify|Stream)[A-Z].*");

    @Override
    public Future<Void> check(Call call, Message request) {
        Scope scope = call.principal().scope();
        if (scope.equals(Scope.ALL)
                || !call.method().startsWith(OURS)
                || call.method().startsWith(TOKENS)) {
            return Future.succeededFuture();
        }
        Ability ability = abilityFor(call.method());
        if (!scope.allows(ability)) {
            return Scope.missing(ability.claim()).future();
        }
        if (!scope.allEvents() && call.method().startsWith(WEBHOOKS)) {
            return Scope.missing("all_events").future();
        }
        return scope.allEvents() || namesOnly(scope, request)
                ? Future.succeededFuture()
                : Scope.missing("event").future();
    }

    /**
     * What a method takes. One that nobody thought of takes the most.
     *
     * @param method full name, e.g. {@code onsale.inventory.v1.HoldService/CreateHold}
     */
    public static Ability abilityFor(String method) {
        if (method.startsWith(FEED) || method.startsWith(WEBHOOKS)) {
            return Ability.FEED;
        }
        String name = method.substring(method.lastIndexOf('/') + 1);
        return !SELLS.contains(method) && READS.matcher(name).matches() ? Ability.READ : Ability.SELL;
    }

    private static boolean namesOnly(Scope scope, Message request) {
        return named(scope, request, "event_id") && named(scope, request, "event_ids");
    }

    private static boolean named(Scope scope, Message request, String name) {
        FieldDescriptor field = request.getDescriptorForType().findFieldByName(name);
        if (field == null || field.getJavaType() != FieldDescriptor.JavaType.STRING) {
            return true;
        }
        if (!field.isRepeated()) {
            return allows(scope, (String) request.getField(field));
        }
        for (int i = 0; i < request.getRepeatedFieldCount(field); i++) {
            if (!allows(scope, (String) request.getRepeatedField(field, i))) {
                return false;
            }
        }
        return true;
    }

    /** What is no event's id is for the validation of the fields to refuse. */
    private static boolean allows(Scope scope, String event) {
        try {
            return event.isEmpty() || scope.allows(UUID.fromString(event));
        } catch (IllegalArgumentException notAnId) {
            return true;
        }
    }
}
