package dev.onsale.command.partner;

import static dev.onsale.command.partner.PartnerHands.EVERYTHING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.Durations;
import dev.onsale.command.Calls;
import dev.onsale.command.CommandServer;
import dev.onsale.command.Shows;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.partner.v1.CreateWebhookRequest;
import dev.onsale.proto.partner.v1.CreateWebhookResponse;
import dev.onsale.proto.partner.v1.DeleteWebhookRequest;
import dev.onsale.proto.partner.v1.GetWebhookRequest;
import dev.onsale.proto.partner.v1.ListWebhooksRequest;
import dev.onsale.proto.partner.v1.PartnerWebhookServiceGrpcClient;
import dev.onsale.proto.partner.v1.ReplayWebhookRequest;
import dev.onsale.proto.partner.v1.RotateWebhookSecretRequest;
import dev.onsale.proto.partner.v1.RotateWebhookSecretResponse;
import dev.onsale.proto.partner.v1.Webhook;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.sql.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Webhooks through the API, delivered by a node as it is run. */
final class PartnerWebhookIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @RegisterExtension
    static final CommandServer server = CommandServer.on(CommandServer.stores())
            .with("partner.webhooks.allow-loopback", "true")
            .with("partner.webhooks.poll", "50ms")
            .with("partner.webhooks.first-pause", "50ms");

    private final PartnerHands hands = new PartnerHands(server.operator(), server.anonymous());
    private final UUID partner = hands.partner();
    private final Calls client = hands.client(partner, EVERYTHING);
    private Receiver receiver;
    private Database database;

    @BeforeEach
    void open() throws Exception {
        receiver = Receiver.start(server.vertx());
        database = server.database().await(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void close() throws Exception {
        receiver.close();
        database.close().await(30, TimeUnit.SECONDS);
    }

    @Test
    void tellsFromNowOnAndShowsHowItGoes() throws Exception {
        change("before");
        CreateWebhookResponse made = create(receiver.url());
        assertThat(made.getSecret()).matches("whsec_[0-9a-f]{64}");
        receiver.answers(500);
        change("after");
        await().atMost(PATIENCE).until(() -> read(made).getLastFailure().equals("status 500"));
        assertThat(read(made).getWaiting()).isEqualTo(1);

        receiver.answers(200);

        await().atMost(PATIENCE).until(() -> read(made).hasLastSuccessTime());
        assertThat(read(made).getWaiting()).isZero();
        assertThat(receiver.got()).extracting(Receiver.Got::state).containsOnly("after");
        Receiver.Got got = receiver.got().getLast();
        assertThat(Proofs.verifyWebhook(made.getSecret(), got.signature(), got.body(), now()))
                .isTrue();
    }

    @Test
    void signsByBothSecretsWhileOneIsBeingChanged() throws Exception {
        CreateWebhookResponse made = create(receiver.url());

        RotateWebhookSecretResponse rotated = rotate(made, 3600);
        change("pending");

        await().atMost(PATIENCE).until(() -> receiver.got().size() == 1);
        Receiver.Got both = receiver.got().getFirst();
        assertThat(Proofs.verifyWebhook(made.getSecret(), both.signature(), both.body(), now()))
                .isTrue();
        assertThat(Proofs.verifyWebhook(rotated.getSecret(), both.signature(), both.body(), now()))
                .isTrue();
        assertThat(rotated.getWebhook().hasOldSecretExpireTime()).isTrue();
        RotateWebhookSecretResponse atOnce = rotate(made, 0);
        change("pending");
        await().atMost(PATIENCE).until(() -> receiver.got().size() == 2);
        Receiver.Got one = receiver.got().getLast();
        assertThat(Proofs.verifyWebhook(rotated.getSecret(), one.signature(), one.body(), now()))
                .isFalse();
        assertThat(Proofs.verifyWebhook(atOnce.getSecret(), one.signature(), one.body(), now()))
                .isTrue();
    }

    @Test
    void deliversAgainFromACursor() throws Exception {
        CreateWebhookResponse made = create(receiver.url());
        for (int i = 0; i < 5; i++) {
            change("s" + i);
        }
        await().atMost(PATIENCE).until(() -> receiver.got().size() == 5);
        String cursor = PartnerHands.changes(client, "", 3).getNextCursor();

        client.call(
                PartnerWebhookServiceGrpcClient.ReplayWebhook,
                ReplayWebhookRequest.newBuilder()
                        .setRequestId(Shows.requestId())
                        .setWebhookId(made.getWebhook().getWebhookId())
                        .setCursor(cursor)
                        .build());

        await().atMost(PATIENCE).until(() -> receiver.got().size() == 7);
        List<Receiver.Got> again = receiver.got().subList(5, 7);
        assertThat(again).extracting(Receiver.Got::state).containsExactlyInAnyOrder("s3", "s4");
        assertThat(again.getFirst().json().getString("change_id"))
                .isIn(receiver.got().subList(0, 5).stream()
                        .map(got -> got.json().getString("change_id"))
                        .toList());
    }

    @Test
    void leadsNowhereButOutAndBelongsToItsPartner() {
        for (String url : List.of(
                "https://169.254.169.254/latest/meta-data/",
                "https://10.0.0.1/",
                "http://93.184.215.14/",
                "https://[::ffff:10.0.0.1]/",
                "nonsense")) {
            assertThat(refused(url).reason()).as(url).isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
        }
        CreateWebhookResponse made = create(receiver.url());
        Calls rival = hands.client(hands.partner(), EVERYTHING);
        GetWebhookRequest get = GetWebhookRequest.newBuilder()
                .setWebhookId(made.getWebhook().getWebhookId())
                .build();

        assertThat(rival.refused(PartnerWebhookServiceGrpcClient.GetWebhook, get)
                        .reason())
                .isEqualTo(ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND);
        assertThat(rival.call(PartnerWebhookServiceGrpcClient.ListWebhooks, ListWebhooksRequest.getDefaultInstance())
                        .getWebhooksList())
                .isEmpty();
        assertThat(rival.refused(
                                PartnerWebhookServiceGrpcClient.DeleteWebhook,
                                DeleteWebhookRequest.newBuilder()
                                        .setRequestId(Shows.requestId())
                                        .setWebhookId(made.getWebhook().getWebhookId())
                                        .build())
                        .reason())
                .isEqualTo(ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND);
        assertThat(read(made).getUrl()).isEqualTo(receiver.url());
    }

    @Test
    void isOneOfFiveAtTheMostAndNeverShowsItsSecretAgain() {
        CreateWebhookRequest request = request(receiver.url());
        CreateWebhookResponse first = client.call(PartnerWebhookServiceGrpcClient.CreateWebhook, request);

        CreateWebhookResponse again = client.call(PartnerWebhookServiceGrpcClient.CreateWebhook, request);

        assertThat(again.getSecret()).isEmpty();
        assertThat(again.getWebhook().getWebhookId())
                .isEqualTo(first.getWebhook().getWebhookId());
        for (int i = 0; i < 4; i++) {
            create(receiver.url());
        }
        assertThat(refused(receiver.url()).reason()).isEqualTo(ErrorReason.ERROR_REASON_INVALID_FIELD);
    }

    private void change(String state) throws Exception {
        ChangeRows.insert(database.pool(), partner, UUID.randomUUID(), UUID.randomUUID(), state)
                .await(30, TimeUnit.SECONDS);
    }

    private static CreateWebhookRequest request(String url) {
        return CreateWebhookRequest.newBuilder()
                .setRequestId(Shows.requestId())
                .setUrl(url)
                .build();
    }

    private CreateWebhookResponse create(String url) {
        return client.call(PartnerWebhookServiceGrpcClient.CreateWebhook, request(url));
    }

    private Refusal refused(String url) {
        return client.refused(PartnerWebhookServiceGrpcClient.CreateWebhook, request(url));
    }

    private RotateWebhookSecretResponse rotate(CreateWebhookResponse made, int overlapSeconds) {
        return client.call(
                PartnerWebhookServiceGrpcClient.RotateWebhookSecret,
                RotateWebhookSecretRequest.newBuilder()
                        .setRequestId(Shows.requestId())
                        .setWebhookId(made.getWebhook().getWebhookId())
                        .setOverlap(Durations.fromSeconds(overlapSeconds))
                        .build());
    }

    private Webhook read(CreateWebhookResponse made) {
        return client.call(
                        PartnerWebhookServiceGrpcClient.GetWebhook,
                        GetWebhookRequest.newBuilder()
                                .setWebhookId(made.getWebhook().getWebhookId())
                                .build())
                .getWebhook();
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }
}
