package dev.onsale.payment.movement;

import dev.onsale.payment.provider.CircuitBreaker;
import dev.onsale.payment.provider.GateConfig;
import dev.onsale.payment.provider.PaymentProvider;
import dev.onsale.payment.provider.ProviderGate;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.rpc.RpcService;
import dev.onsale.runtime.sql.Database;
import io.micrometer.core.instrument.MeterRegistry;

/** Payments over one provider, put together: the RPC service, and the reconciler beside it. */
public final class Payments implements AutoCloseable {
    private final RpcService service;
    private final Reconciler reconciler;
    private final Sweep sweep;

    private Payments(RpcService service, Reconciler reconciler, Sweep sweep) {
        this.service = service;
        this.reconciler = reconciler;
        this.sweep = sweep;
    }

    /** Puts them together as configured and starts to reconcile. */
    public static Payments open(Database database, PaymentProvider provider, Config config, MeterRegistry registry) {
        GateConfig gateConfig = GateConfig.from(config);
        RetryConfig retry = RetryConfig.from(config);
        ReconcilerConfig reconcile = ReconcilerConfig.from(config);
        FeedConfig feed = FeedConfig.from(config);
        SweepConfig sweeping = SweepConfig.from(config);
        config.check();

        CircuitBreaker breaker = gateConfig.breaker();
        PaymentMeters meters = new PaymentMeters(registry, breaker);
        ProviderGate gate = new ProviderGate(provider, breaker, gateConfig.answerTimeout());
        ProviderCalls calls = new ProviderCalls(gate, meters);
        MovementStore store = new MovementStore(database, reconcile.askAfter());
        BeginStore begin = new BeginStore(database, reconcile.askAfter(), gate.name());
        Movements movements = new Movements(begin, new MovementDrive(store, calls, retry), meters, retry.maxInFlight());
        OtherAmounts otherAmounts = new OtherAmounts(store, gate);
        Reconciler reconciler = new Reconciler(store, calls, otherAmounts, reconcile, meters, new OpenMeters(registry));
        SweepStore sweeps = new SweepStore(database, gate.name());
        Sweep sweep =
                new Sweep(sweeps, gate, new Strays(sweeps, movements, otherAmounts, gate.name(), registry), sweeping);
        reconciler.start();
        sweep.start();
        PaymentRpc rpc = new PaymentRpc(movements, new PaymentReads(store, calls), new PaymentFeed(database, feed));
        return new Payments(rpc.service(), reconciler, sweep);
    }

    /** The service to be served. */
    public RpcService service() {
        return service;
    }

    /** Stops reconciling. */
    @Override
    public void close() {
        sweep.close();
        reconciler.close();
    }
}
