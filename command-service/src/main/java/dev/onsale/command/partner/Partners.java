package dev.onsale.command.partner;

import dev.onsale.proto.partner.v1.PartnerAdminServiceGrpcService;
import dev.onsale.proto.partner.v1.PartnerFeedServiceGrpcService;
import dev.onsale.proto.partner.v1.PartnerTokenServiceGrpcService;
import dev.onsale.proto.partner.v1.PartnerWebhookServiceGrpcService;
import dev.onsale.runtime.auth.SigningKeys;
import dev.onsale.runtime.idempotency.Idempotency;
import dev.onsale.runtime.rpc.RpcService;
import dev.onsale.runtime.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;

/** All that partners need of this service: their keys, feeds and webhooks. */
public final class Partners {

    /** Where the public keys are shown, on the management port, for services to believe partners' tokens. */
    public static final String PATH = "/.well-known/partner-jwks.json";

    private final SigningKeys keys;
    private final List<RpcService> services;
    private final FeedChores chores;
    private final Optional<WebhookDispatcher> dispatcher;

    private Partners(
            SigningKeys keys, List<RpcService> services, FeedChores chores, Optional<WebhookDispatcher> dispatcher) {
        this.keys = keys;
        this.services = services;
        this.chores = chores;
        this.dispatcher = dispatcher;
    }

    /**
     * Starts all of it.
     *
     * @param keys what tokens and changes are signed with
     */
    public static Partners start(
            Vertx vertx,
            Database database,
            Idempotency idempotency,
            MeterRegistry registry,
            SigningKeys keys,
            PartnerConfig config) {
        FeedStore feeds = new FeedStore(database);
        return new Partners(
                keys,
                List.of(
                        admin(new PartnerDesk(database, idempotency), new KeyDesk(database, idempotency)),
                        tokens(new TokenDesk(database, keys, config)),
                        feed(new FeedDesk(vertx, feeds, keys, config)),
                        webhooks(new WebhookDesk(
                                vertx,
                                database,
                                idempotency,
                                feeds,
                                config.webhooks().allowLoopback()))),
                FeedChores.start(vertx, database, config.retention()),
                dispatcher(vertx, database, registry, keys, config.webhooks()));
    }

    private static Optional<WebhookDispatcher> dispatcher(
            Vertx vertx, Database database, MeterRegistry registry, SigningKeys keys, WebhookConfig config) {
        return config.deliver()
                ? Optional.of(new WebhookDispatcher(
                                new WebhookStore(database, config),
                                new WebhookSender(vertx, new HttpClientOptions(), config.timeout()),
                                keys.signing(),
                                config,
                                registry,
                                WebhookDispatcher.Hooks.NONE)
                        .start())
                : Optional.empty();
    }

    private static RpcService admin(PartnerDesk partners, KeyDesk keys) {
        return RpcService.of(PartnerAdminServiceGrpcService.SERVICE_DESCRIPTOR)
                .unary(PartnerAdminServiceGrpcService.CreatePartner, partners::create)
                .unary(PartnerAdminServiceGrpcService.GetPartner, partners::get)
                .unary(PartnerAdminServiceGrpcService.ListPartners, partners::list)
                .unary(PartnerAdminServiceGrpcService.SuspendPartner, partners::suspend)
                .unary(PartnerAdminServiceGrpcService.ResumePartner, partners::resume)
                .unary(PartnerAdminServiceGrpcService.CreateApiKey, keys::create)
                .unary(PartnerAdminServiceGrpcService.RotateApiKey, keys::rotate)
                .unary(PartnerAdminServiceGrpcService.RevokeApiKey, keys::revoke)
                .unary(PartnerAdminServiceGrpcService.ListApiKeys, keys::list);
    }

    private static RpcService tokens(TokenDesk tokens) {
        return RpcService.of(PartnerTokenServiceGrpcService.SERVICE_DESCRIPTOR)
                .unary(PartnerTokenServiceGrpcService.ExchangeApiKey, tokens::exchange)
                .unary(PartnerTokenServiceGrpcService.ListPartnerKeys, tokens::keys);
    }

    private static RpcService feed(FeedDesk feed) {
        return RpcService.of(PartnerFeedServiceGrpcService.SERVICE_DESCRIPTOR)
                .unary(PartnerFeedServiceGrpcService.ListChanges, feed::list)
                .serverStream(PartnerFeedServiceGrpcService.WatchChanges, feed::watch);
    }

    private static RpcService webhooks(WebhookDesk webhooks) {
        return RpcService.of(PartnerWebhookServiceGrpcService.SERVICE_DESCRIPTOR)
                .unary(PartnerWebhookServiceGrpcService.CreateWebhook, webhooks::create)
                .unary(PartnerWebhookServiceGrpcService.GetWebhook, webhooks::get)
                .unary(PartnerWebhookServiceGrpcService.ListWebhooks, webhooks::list)
                .unary(PartnerWebhookServiceGrpcService.RotateWebhookSecret, webhooks::rotate)
                .unary(PartnerWebhookServiceGrpcService.ReplayWebhook, webhooks::replay)
                .unary(PartnerWebhookServiceGrpcService.DeleteWebhook, webhooks::delete);
    }

    /** The services, ready to be served. */
    public List<RpcService> services() {
        return services;
    }

    /** The page {@link #PATH}. */
    public Handler<HttpServerRequest> page() {
        return request -> request.response()
                .putHeader("content-type", "application/jwk-set+json")
                .putHeader("cache-control", "max-age=10")
                .end(keys.jwks().encode());
    }

    /** Delivers and forgets no more. */
    public Future<Void> stop() {
        return chores.stop()
                .compose(done -> dispatcher.map(WebhookDispatcher::stop).orElseGet(Future::succeededFuture));
    }
}
