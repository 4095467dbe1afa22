package dev.onsale.standalone.fuzz;

import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.auth.SigningKey;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What there is in the system that is fuzzed.
 *
 * @param rpcs every method
 * @param tokens an access token for a role and an account
 * @param issuer signs access tokens with anything in them
 * @param jwks the issuer's public keys, as everybody may read them
 * @param ids names of things that are there and belong to {@link #OWNER} or nobody, by the field that takes them
 * @param gatedEvent an event whose sale needs an admission
 * @param openEvent an event whose sale is open to all
 * @param admission of the owner, for the gated event
 * @param ticketCode of a ticket of the owner that nobody has checked in
 * @param webhooks where each provider's webhooks go
 * @param http where pages are served by HTTP/1: public reads, webhooks, management
 */
public record Scene(
        List<Rpc> rpcs,
        BiFunction<Role, String, String> tokens,
        SigningKey issuer,
        String jwks,
        Map<String, List<String>> ids,
        String gatedEvent,
        String openEvent,
        String admission,
        String ticketCode,
        List<Hook> webhooks,
        Map<String, Integer> http) {

    /** The account all of it belongs to. */
    static final String OWNER = "olivia";

    /** An account that owns nothing. */
    static final String STRANGER = "mallory";

    /**
     * Where webhooks of a provider go.
     *
     * @param provider its name in the path
     * @param header which carries the signature
     * @param secret they are signed with
     */
    public record Hook(String provider, int port, String header, String secret) {}

    /** Every method that is served on these ports, as found by calling with a token of each role. */
    public static List<Rpc> methods(List<Integer> ports, Function<Role, String> tokens) throws Exception {
        return new Rpcs(ports, tokens).find();
    }

    String token(Role role) {
        return tokens.apply(role, role == Role.FAN ? OWNER : STRANGER);
    }

    List<String> id(String field) {
        return ids.getOrDefault(field, List.of());
    }
}
