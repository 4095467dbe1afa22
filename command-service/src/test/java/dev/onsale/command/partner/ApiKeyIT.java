package dev.onsale.command.partner;

import static dev.onsale.command.partner.PartnerHands.EVERYTHING;
import static dev.onsale.command.partner.PartnerHands.scope;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.onsale.command.Calls;
import dev.onsale.command.CommandServer;
import dev.onsale.command.Shows;
import dev.onsale.proto.booking.v1.BookingServiceGrpcClient;
import dev.onsale.proto.booking.v1.GetBookingRequest;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.inventory.v1.BestAvailable;
import dev.onsale.proto.inventory.v1.CreateHoldRequest;
import dev.onsale.proto.inventory.v1.CreateHoldResponse;
import dev.onsale.proto.inventory.v1.GetHoldRequest;
import dev.onsale.proto.inventory.v1.HoldServiceGrpcClient;
import dev.onsale.proto.partner.v1.Ability;
import dev.onsale.proto.partner.v1.ApiKey;
import dev.onsale.proto.partner.v1.CreateApiKeyRequest;
import dev.onsale.proto.partner.v1.CreateApiKeyResponse;
import dev.onsale.proto.partner.v1.CreateWebhookRequest;
import dev.onsale.proto.partner.v1.ExchangeApiKeyResponse;
import dev.onsale.proto.partner.v1.GetPartnerRequest;
import dev.onsale.proto.partner.v1.ListApiKeysRequest;
import dev.onsale.proto.partner.v1.ListChangesRequest;
import dev.onsale.proto.partner.v1.ListPartnersRequest;
import dev.onsale.proto.partner.v1.ListPartnersResponse;
import dev.onsale.proto.partner.v1.PartnerAdminServiceGrpcClient;
import dev.onsale.proto.partner.v1.PartnerFeedServiceGrpcClient;
import dev.onsale.proto.partner.v1.PartnerState;
import dev.onsale.proto.partner.v1.PartnerWebhookServiceGrpcClient;
import dev.onsale.proto.partner.v1.ResumePartnerRequest;
import dev.onsale.proto.partner.v1.RevokeApiKeyRequest;
import dev.onsale.proto.partner.v1.RotateApiKeyRequest;
import dev.onsale.proto.partner.v1.RotateApiKeyResponse;
import dev.onsale.proto.partner.v1.Scope;
import dev.onsale.proto.partner.v1.SuspendPartnerRequest;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ApiKeyIT {
    @RegisterExtension
    static final CommandServer server = CommandServer.on(CommandServer.stores())
            .with("partner.webhooks.deliver", "false")
            .with("partner.webhooks.allow-loopback", "true")
            .with("rpc.trusted-proxies", "127.0.0.0/8");

    private final PartnerHands hands = new PartnerHands(server.operator(), server.anonymous());
    private final UUID partner = hands.partner();

    @Test
    void isExchangedForATokenThatIsThePartner() {
        CreateApiKeyResponse made = hands.key(partner, EVERYTHING);

        ExchangeApiKeyResponse token = hands.exchange(made.getApiKey());

        assertThat(token.getPartnerId()).isEqualTo(partner.toString());
        assertThat(token.getAccount()).isEqualTo("partner:" + partner);
        assertThat(token.getScope()).isEqualTo(EVERYTHING);
        long life = token.getExpireTime().getSeconds() - System.currentTimeMillis() / 1_000;
        assertThat(life).isBetween(200L, 301L);
        String event = new Shows(server.operator()).onSale().getEventId();
        CreateHoldResponse hold = hold(hands.bearer(token.getAccessToken()), event);
        assertThat(hold.getHold().getHoldId()).isNotEmpty();
        assertThat(keys().getFirst().hasLastUsedTime()).isTrue();
    }

    @Test
    void isNeverSeenAgainAndStoredAsAHashAlone() {
        CreateApiKeyRequest request = PartnerHands.keyRequest(partner, EVERYTHING);
        CreateApiKeyResponse first = create(request);

        CreateApiKeyResponse again = create(request);

        String secret = first.getApiKey()
                .substring("osk_".length() + 17, first.getApiKey().length() - 8);
        assertThat(secret).hasSize(64);
        assertThat(again.getApiKey()).isEmpty();
        assertThat(again.getKey()).isEqualTo(first.getKey());
        assertThat(keys()).hasSize(1);
        String hex = java.util.HexFormat.of().formatHex(secret.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(server.select("SELECT count(*) FROM idempotency WHERE encode(response, 'hex') LIKE '%" + hex + "%'"))
                .isEqualTo("0");
        assertThat(server.select("SELECT count(*) FROM api_keys k WHERE k::text LIKE '%" + secret + "%'"))
                .isEqualTo("0");
        assertThat(server.select("SELECT encode(secret_hash, 'hex') = encode(sha256('" + secret + "'::bytea), 'hex')"
                        + " FROM api_keys WHERE key_id = '" + first.getKey().getKeyId() + "'"))
                .isEqualTo("t");
    }

    @Test
    void givesOneOfManyEqualRequestsTheSecret() {
        CreateApiKeyRequest request = PartnerHands.keyRequest(partner, EVERYTHING);
        List<Future<CreateApiKeyResponse>> answers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            answers.add(server.operator().send(PartnerAdminServiceGrpcClient.CreateApiKey, request));
        }

        done(Future.join(answers));

        assertThat(answers.stream()
                        .map(Future::result)
                        .filter(answer -> !answer.getApiKey().isEmpty()))
                .hasSize(1);
        assertThat(keys()).hasSize(1);
    }

    @Test
    void worksOnForTheOverlapAfterItWasReplaced() {
        CreateApiKeyResponse old = hands.key(partner, scope(Ability.ABILITY_READ));
        RotateApiKeyRequest request = rotation(old, 3600);

        RotateApiKeyResponse next = server.operator().call(PartnerAdminServiceGrpcClient.RotateApiKey, request);

        assertThat(next.getKey().getScope()).isEqualTo(scope(Ability.ABILITY_READ));
        assertThat(next.getOldKey().getReplacedBy()).isEqualTo(next.getKey().getKeyId());
        hands.exchange(old.getApiKey());
        hands.exchange(next.getApiKey());
        assertThat(server.operator()
                        .call(PartnerAdminServiceGrpcClient.RotateApiKey, request)
                        .getApiKey())
                .isEmpty();
        assertThat(reason(server.operator().refused(PartnerAdminServiceGrpcClient.RotateApiKey, rotation(old, 1))))
                .isEqualTo(ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND);
        server.execute("UPDATE api_keys SET expires_at = now() - interval '1 second' WHERE key_id = '"
                + old.getKey().getKeyId() + "'");
        assertThat(reason(hands.refused(old.getApiKey()))).isEqualTo(ErrorReason.ERROR_REASON_TOKEN_INVALID);
        hands.exchange(next.getApiKey());
    }

    @Test
    void isWorthNothingOnceRevokedOrExpiredOrItsPartnerSuspended() {
        CreateApiKeyResponse revoked = hands.key(partner, EVERYTHING);
        CreateApiKeyResponse live = hands.key(partner, EVERYTHING);
        RevokeApiKeyRequest revocation = RevokeApiKeyRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setKeyId(revoked.getKey().getKeyId())
                .build();

        ApiKey answer = server.operator()
                .call(PartnerAdminServiceGrpcClient.RevokeApiKey, revocation)
                .getKey();

        assertThat(answer.hasRevokeTime()).isTrue();
        Refusal refusal = hands.refused(revoked.getApiKey());
        assertThat(reason(refusal)).isEqualTo(ErrorReason.ERROR_REASON_TOKEN_INVALID);
        assertThat(hands.refused(ApiKeyText.random().text()).text()).isEqualTo(refusal.text());
        hands.exchange(live.getApiKey());
        suspend();
        assertThat(reason(hands.refused(live.getApiKey()))).isEqualTo(ErrorReason.ERROR_REASON_TOKEN_INVALID);
        server.operator()
                .call(
                        PartnerAdminServiceGrpcClient.ResumePartner,
                        ResumePartnerRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setPartnerId(partner.toString())
                                .build());
        hands.exchange(live.getApiKey());
    }

    private void suspend() {
        server.operator()
                .call(
                        PartnerAdminServiceGrpcClient.SuspendPartner,
                        SuspendPartnerRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setPartnerId(partner.toString())
                                .build());
        assertThat(server.operator()
                        .call(
                                PartnerAdminServiceGrpcClient.GetPartner,
                                GetPartnerRequest.newBuilder()
                                        .setPartnerId(partner.toString())
                                        .build())
                        .getPartner()
                        .getState())
                .isEqualTo(PartnerState.PARTNER_STATE_SUSPENDED);
    }

    @Test
    void mustFitItsOwnSecret() {
        CreateApiKeyResponse one = hands.key(partner, EVERYTHING);
        ApiKeyText forged =
                new ApiKeyText(one.getKey().getKeyId(), ApiKeyText.random().secret());

        assertThat(reason(hands.refused(forged.text()))).isEqualTo(ErrorReason.ERROR_REASON_TOKEN_INVALID);
        assertThat(reason(hands.refused("nonsense"))).isEqualTo(ErrorReason.ERROR_REASON_TOKEN_INVALID);
    }

    @Test
    void isNotGuessedFromOneAddressForLong() {
        Calls guesser = server.anonymous();
        List<ErrorReason> reasons = new ArrayList<>();
        for (int i = 0; i < ExchangeLimits.WRONG_AN_ADDRESS + 3; i++) {
            reasons.add(reason(guesser.with(java.util.Map.of(
                            TokenDesk.HEADER, ApiKeyText.random().text(), "x-forwarded-for", "198.51.100.9"))
                    .refused(
                            dev.onsale.proto.partner.v1.PartnerTokenServiceGrpcClient.ExchangeApiKey,
                            dev.onsale.proto.partner.v1.ExchangeApiKeyRequest.getDefaultInstance())));
        }

        assertThat(reasons.subList(0, ExchangeLimits.WRONG_AN_ADDRESS))
                .containsOnly(ErrorReason.ERROR_REASON_TOKEN_INVALID);
        assertThat(reasons.subList(ExchangeLimits.WRONG_AN_ADDRESS, reasons.size()))
                .containsOnly(ErrorReason.ERROR_REASON_RATE_LIMITED);
        hands.exchange(hands.key(partner, EVERYTHING).getApiKey()); // Another address goes on.
    }

    /** What each ability opens, and that none opens another's. */
    @Test
    void opensWhatItsScopeSaysAndNothingElse() {
        String event = new Shows(server.operator()).onSale().getEventId();
        Calls sells = hands.client(partner, scope(Ability.ABILITY_SELL));
        Calls reads = hands.client(partner, scope(Ability.ABILITY_READ));
        Calls feeds = hands.client(partner, scope(Ability.ABILITY_FEED));
        String hold = hold(sells, event).getHold().getHoldId();

        assertThat(missing(sells.refused(HoldServiceGrpcClient.GetHold, getHold(hold))))
                .isEqualTo("read");
        assertThat(missing(sells.refused(
                        PartnerFeedServiceGrpcClient.ListChanges, ListChangesRequest.getDefaultInstance())))
                .isEqualTo("feed");
        assertThat(reads.call(HoldServiceGrpcClient.GetHold, getHold(hold))
                        .getHold()
                        .getHoldId())
                .isEqualTo(hold);
        assertThat(missing(reads.refused(HoldServiceGrpcClient.CreateHold, holdRequest(event))))
                .isEqualTo("sell");
        assertThat(missing(feeds.refused(HoldServiceGrpcClient.CreateHold, holdRequest(event))))
                .isEqualTo("sell");
        assertThat(missing(feeds.refused(HoldServiceGrpcClient.GetHold, getHold(hold))))
                .isEqualTo("read");
        assertThat(missing(feeds.refused(
                        BookingServiceGrpcClient.GetBooking,
                        GetBookingRequest.newBuilder()
                                .setBookingId(UUID.randomUUID().toString())
                                .build())))
                .isEqualTo("read");
        PartnerHands.changes(feeds, "", 1);
        assertThat(reason(sells.refused(
                        PartnerAdminServiceGrpcClient.ListPartners, ListPartnersRequest.getDefaultInstance())))
                .isEqualTo(ErrorReason.ERROR_REASON_ROLE_REQUIRED);
    }

    @Test
    void keepsToItsEvents() {
        Shows shows = new Shows(server.operator());
        String mine = shows.onSale().getEventId();
        String other = shows.onSale().getEventId();
        Scope some = EVERYTHING.toBuilder().addEventIds(mine).build();
        Calls limited = hands.client(partner, some);
        String elsewhere =
                hold(hands.client(partner, EVERYTHING), other).getHold().getHoldId();

        hold(limited, mine);

        Refusal refusal = limited.refused(HoldServiceGrpcClient.CreateHold, holdRequest(other));
        assertThat(missing(refusal)).isEqualTo("event");
        assertThat(refusal.status()).isEqualTo(io.vertx.grpc.common.GrpcStatus.PERMISSION_DENIED);
        assertThat(missing(limited.refused(HoldServiceGrpcClient.GetHold, getHold(elsewhere))))
                .isEqualTo("event");
        assertThat(missing(limited.refused(
                        PartnerWebhookServiceGrpcClient.CreateWebhook,
                        CreateWebhookRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setUrl("http://127.0.0.1:1/")
                                .build())))
                .isEqualTo("all_events");
        CreateApiKeyRequest nowhere = PartnerHands.keyRequest(
                partner,
                EVERYTHING.toBuilder().addEventIds(UUID.randomUUID().toString()).build());
        assertThat(reason(server.operator().refused(PartnerAdminServiceGrpcClient.CreateApiKey, nowhere)))
                .isEqualTo(ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND);
    }

    @Test
    void isForOperatorsToMake() {
        for (Role role : Role.values()) {
            if (role != Role.OPERATOR) {
                assertThat(reason(server.as(role, "somebody")
                                .refused(
                                        PartnerAdminServiceGrpcClient.CreateApiKey,
                                        PartnerHands.keyRequest(partner, EVERYTHING))))
                        .isEqualTo(ErrorReason.ERROR_REASON_ROLE_REQUIRED);
            }
        }
    }

    @Test
    void endsAtItsTimeAndIsNotMadeForThePast() {
        long now = System.currentTimeMillis();
        CreateApiKeyRequest request = PartnerHands.keyRequest(partner, EVERYTHING);
        assertThat(reason(server.operator()
                        .refused(
                                PartnerAdminServiceGrpcClient.CreateApiKey,
                                request.toBuilder()
                                        .setExpireTime(Timestamps.fromMillis(now - 1_000))
                                        .build())))
                .isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);

        CreateApiKeyResponse soonOver = create(request.toBuilder()
                .setRequestId(Shows.requestId())
                .setExpireTime(Timestamps.fromMillis(now + 60_000))
                .build());

        assertThat(hands.exchange(soonOver.getApiKey()).getExpireTime().getSeconds())
                .isLessThanOrEqualTo(now / 1_000 + 60);
    }

    @Test
    void listsPartnersPageByPage() {
        UUID younger = hands.partner();

        ListPartnersResponse first = page("");
        ListPartnersResponse second = page(first.getNextPageToken());

        assertThat(first.getPartners(0).getPartnerId()).isEqualTo(younger.toString());
        assertThat(second.getPartners(0).getPartnerId()).isEqualTo(partner.toString());
    }

    private static ListPartnersResponse page(String token) {
        return server.operator()
                .call(
                        PartnerAdminServiceGrpcClient.ListPartners,
                        ListPartnersRequest.newBuilder()
                                .setPageSize(1)
                                .setPageToken(token)
                                .build());
    }

    private static CreateApiKeyResponse create(CreateApiKeyRequest request) {
        return server.operator().call(PartnerAdminServiceGrpcClient.CreateApiKey, request);
    }

    private static RotateApiKeyRequest rotation(CreateApiKeyResponse old, int overlapSeconds) {
        return RotateApiKeyRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setKeyId(old.getKey().getKeyId())
                .setOverlap(Durations.fromSeconds(overlapSeconds))
                .build();
    }

    private List<ApiKey> keys() {
        return server.operator()
                .call(
                        PartnerAdminServiceGrpcClient.ListApiKeys,
                        ListApiKeysRequest.newBuilder()
                                .setPartnerId(partner.toString())
                                .build())
                .getKeysList();
    }

    private static CreateHoldRequest holdRequest(String event) {
        return CreateHoldRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setEventId(event)
                .setBestAvailable(BestAvailable.newBuilder().setQuantity(1))
                .build();
    }

    private static CreateHoldResponse hold(Calls client, String event) {
        return client.call(HoldServiceGrpcClient.CreateHold, holdRequest(event));
    }

    private static GetHoldRequest getHold(String hold) {
        return GetHoldRequest.newBuilder().setHoldId(hold).build();
    }

    private static ErrorReason reason(Refusal refusal) {
        return refusal.reason();
    }

    private static String missing(Refusal refusal) {
        assertThat(refusal.reason()).isEqualTo(ErrorReason.ERROR_REASON_SCOPE_REQUIRED);
        return String.valueOf(refusal.metadata().get("missing"));
    }

    private static <T> T done(Future<T> future) {
        try {
            return future.await(30, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException late) {
            throw new AssertionError(late);
        }
    }
}
