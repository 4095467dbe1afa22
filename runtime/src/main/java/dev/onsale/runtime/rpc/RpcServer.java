package dev.onsale.runtime.rpc;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.onsale.runtime.auth.TokenVerifier;
import dev.onsale.runtime.rpc.RpcConfig.Reflection;
import dev.onsale.runtime.tls.ServerTls;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running gRPC server: the services of one process with the guards in front of them, health and reflection. */
public final class RpcServer {

    private static final Logger LOG = LoggerFactory.getLogger(RpcServer.class);

    /** Vert.x lets all servers that listen on the same negative port share one free port. */
    private static final AtomicInteger ANY_PORT = new AtomicInteger(-1);

    private final List<RpcInstance> instances;
    private final int port;
    private final Handler<HttpServerRequest> forOperators;

    private RpcServer(List<RpcInstance> instances, int port, Handler<HttpServerRequest> forOperators) {
        this.instances = instances;
        this.port = port;
        this.forOperators = forOperators;
    }

    /** A server to be put together. */
    public static Builder builder(Vertx vertx, RpcConfig config) {
        return new Builder(vertx, config);
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    /** Answers gRPC calls on the management port: health, and reflection if that is where it belongs. For one event loop. */
    public Handler<HttpServerRequest> forOperators() {
        return forOperators;
    }

    /** Takes no new calls, tells clients to go elsewhere, waits for calls under way up to the drain time, closes. */
    public Future<Void> shutdown(Duration drain) {
        return Future.join(instances.stream()
                        .map(instance -> instance.shutdown(Math.max(1, drain.toMillis())))
                        .toList())
                .mapEmpty();
    }

    /** Puts a server together. */
    public static final class Builder {

        private final Vertx vertx;
        private final RpcConfig config;
        private final List<RpcService> services = new ArrayList<>();
        private final List<Guard> guards = new ArrayList<>();
        private final List<CallObserver> observers = new ArrayList<>();
        private @Nullable TokenVerifier tokens;
        private ServerTls tls = ServerTls.PLAINTEXT;
        private CallLimits limits = CallLimits.NONE;
        private MeterRegistry meters = new SimpleMeterRegistry();
        private BooleanSupplier ready = () -> true;

        private Builder(Vertx vertx, RpcConfig config) {
            this.vertx = vertx;
            this.config = config;
        }

        /** Serves this service. */
        public Builder service(RpcService service) {
            services.add(service);
            return this;
        }

        /** Believes these tokens; without it only public methods can be called. */
        public Builder tokens(TokenVerifier verifier) {
            this.tokens = verifier;
            return this;
        }

        /** Keeps callers to these limits. */
        public Builder limits(CallLimits kept) {
            this.limits = kept;
            return this;
        }

        /** Adds a check between the role and the field validation; they run in the order given. */
        public Builder guard(Guard guard) {
            guards.add(guard);
            return this;
        }

        /** Tells this observer of every call that has ended. */
        public Builder observer(CallObserver observer) {
            observers.add(observer);
            return this;
        }

        /** Counts calls here. */
        public Builder meters(MeterRegistry registry) {
            this.meters = registry;
            return this;
        }

        /** Speaks TLS like this; without it plaintext. */
        public Builder tls(ServerTls itsTls) {
            this.tls = itsTls;
            return this;
        }

        /** What the health service says. */
        public Builder ready(BooleanSupplier supplier) {
            this.ready = supplier;
            return this;
        }

        /** Starts to listen. */
        public Future<RpcServer> start() {
            warnOfMissingHandlers();
            var all = new ArrayList<>(services);
            all.add(health());
            if (config.reflection() == Reflection.PUBLIC) {
                all.add(reflection());
            }
            var connections = new Connections(config);
            meters.gauge("onsale.rpc.connections", connections, Connections::count);
            return vertx.executeBlocking(() -> FieldValidation.of(requests(services)))
                    .map(rules -> new Edge(
                            vertx,
                            config,
                            tokens,
                            limits,
                            List.copyOf(guards),
                            rules,
                            new RpcMetrics(meters, observers)))
                    .compose(edge -> deploy(edge, methods(all), connections));
        }

        private void warnOfMissingHandlers() {
            services.stream()
                    .filter(s -> !s.unimplemented().isEmpty())
                    .forEach(s -> LOG.atWarn()
                            .addKeyValue("service", s.descriptor().getFullName())
                            .addKeyValue("methods", s.unimplemented())
                            .log("Methods without a handler"));
        }

        private RpcService health() {
            var names = services.stream().map(s -> s.descriptor().getFullName()).collect(Collectors.toSet());
            return new HealthRpc(vertx, ready, names).service();
        }

        private RpcService reflection() {
            var descriptors = new ArrayList<ServiceDescriptor>();
            services.forEach(s -> descriptors.add(s.descriptor()));
            descriptors.add(health().descriptor());
            descriptors.add(ReflectionRpc.descriptor());
            return new ReflectionRpc(descriptors).service();
        }

        private Handler<HttpServerRequest> forOperators(Edge edge) {
            var all = new ArrayList<>(List.of(health()));
            if (config.reflection() != Reflection.OFF) {
                all.add(reflection());
            }
            return GrpcFront.of(vertx, edge, methods(all));
        }

        private static List<RpcMethod<?, ?>> methods(List<RpcService> all) {
            return all.stream()
                    .<RpcMethod<?, ?>>flatMap(s -> s.methods().stream())
                    .toList();
        }

        private static List<Descriptor> requests(List<RpcService> services) {
            return services.stream()
                    .flatMap(s -> s.descriptor().getMethods().stream())
                    .map(method -> method.getInputType())
                    .distinct()
                    .toList();
        }

        private Future<RpcServer> deploy(Edge edge, List<RpcMethod<?, ?>> methods, Connections connections) {
            int port = config.port() > 0 ? config.port() : ANY_PORT.getAndDecrement();
            var instances = Stream.generate(() -> new RpcInstance(edge, methods, connections, tls, port))
                    .limit(config.instances())
                    .toList();
            return Future.all(instances.stream().map(vertx::deployVerticle).toList())
                    .map(started ->
                            new RpcServer(instances, instances.getFirst().actualPort(), forOperators(edge)));
        }
    }
}
