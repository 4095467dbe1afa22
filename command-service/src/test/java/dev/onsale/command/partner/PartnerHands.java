package dev.onsale.command.partner;

import dev.onsale.command.Calls;
import dev.onsale.command.Shows;
import dev.onsale.proto.partner.v1.Ability;
import dev.onsale.proto.partner.v1.CreateApiKeyRequest;
import dev.onsale.proto.partner.v1.CreateApiKeyResponse;
import dev.onsale.proto.partner.v1.CreatePartnerRequest;
import dev.onsale.proto.partner.v1.ExchangeApiKeyRequest;
import dev.onsale.proto.partner.v1.ExchangeApiKeyResponse;
import dev.onsale.proto.partner.v1.ListChangesRequest;
import dev.onsale.proto.partner.v1.ListChangesResponse;
import dev.onsale.proto.partner.v1.PartnerAdminServiceGrpcClient;
import dev.onsale.proto.partner.v1.PartnerFeedServiceGrpcClient;
import dev.onsale.proto.partner.v1.PartnerTokenServiceGrpcClient;
import dev.onsale.proto.partner.v1.Scope;
import dev.onsale.runtime.error.Refusal;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;

/** What operators and partners do, one line each. */
record PartnerHands(Calls operator, Calls anonymous) {

    static final Scope EVERYTHING = scope(Ability.ABILITY_SELL, Ability.ABILITY_READ, Ability.ABILITY_FEED);

    static Scope scope(Ability... abilities) {
        return Scope.newBuilder().addAllAbilities(Arrays.asList(abilities)).build();
    }

    /** A new partner. */
    UUID partner() {
        return UUID.fromString(operator.call(
                        PartnerAdminServiceGrpcClient.CreatePartner,
                        CreatePartnerRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setName("Box Office & Sons")
                                .build())
                .getPartner()
                .getPartnerId());
    }

    static CreateApiKeyRequest keyRequest(UUID partner, Scope scope) {
        return CreateApiKeyRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setPartnerId(partner.toString())
                .setLabel("till 4")
                .setScope(scope)
                .build();
    }

    CreateApiKeyResponse key(UUID partner, Scope scope) {
        return operator.call(PartnerAdminServiceGrpcClient.CreateApiKey, keyRequest(partner, scope));
    }

    private Calls presenting(String apiKey) {
        return anonymous.with(Map.of(TokenDesk.HEADER, apiKey));
    }

    ExchangeApiKeyResponse exchange(String apiKey) {
        return presenting(apiKey)
                .call(PartnerTokenServiceGrpcClient.ExchangeApiKey, ExchangeApiKeyRequest.getDefaultInstance());
    }

    Refusal refused(String apiKey) {
        return presenting(apiKey)
                .refused(PartnerTokenServiceGrpcClient.ExchangeApiKey, ExchangeApiKeyRequest.getDefaultInstance());
    }

    /** A client with a token for this key. */
    Calls client(String apiKey) {
        return bearer(exchange(apiKey).getAccessToken());
    }

    Calls bearer(String token) {
        return anonymous.with(Map.of("authorization", "Bearer " + token));
    }

    /** A client of a partner with a new key. */
    Calls client(UUID partner, Scope scope) {
        return client(key(partner, scope).getApiKey());
    }

    static ListChangesResponse changes(Calls client, String cursor, int limit) {
        return client.call(
                PartnerFeedServiceGrpcClient.ListChanges,
                ListChangesRequest.newBuilder()
                        .setCursor(cursor)
                        .setLimit(limit)
                        .build());
    }
}
