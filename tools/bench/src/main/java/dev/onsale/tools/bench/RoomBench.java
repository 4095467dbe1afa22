package dev.onsale.tools.bench;

import dev.onsale.runtime.auth.TokenIssuer;
import dev.onsale.runtime.rpc.RpcClient;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the waiting room of a running system, and the longest line on record on a Redis of its own. */
@Command(
        name = "waiting-room",
        mixinStandardHelpOptions = true,
        description = "Measures the waiting room of a running `up`, and a line of 14 million accounts.")
final class RoomBench implements Callable<Integer> {
    private static final int MINUTES = 2;
    private static final int WARM_UP_DIVISOR = 8;
    private static final int QUICK_DIVISOR = 10;

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Option(
            names = "--waiting-room",
            description = "Waiting room (default: ${DEFAULT-VALUE}).",
            defaultValue = "127.0.0.1:7003")
    private String waitingRoom = "127.0.0.1:7003";

    @Option(
            names = "--redis-port",
            description = "Redis of the running system, for the bare script (default: ${DEFAULT-VALUE}).",
            defaultValue = "7010")
    private int redisPort = 7010;

    @Option(names = "--in-flight", description = "Calls in flight (default: ${DEFAULT-VALUE}).", defaultValue = "256")
    private int inFlight = 256;

    @Option(
            names = "--accounts",
            description = "Accounts of the long line (default: ${DEFAULT-VALUE}).",
            defaultValue = "14000000")
    private int accounts = 14_000_000;

    @Option(
            names = "--opening",
            description = "Fans in the ten seconds around the opening (default: ${DEFAULT-VALUE}).",
            defaultValue = "200000")
    private int opening = 200_000;

    @Option(names = "--quick", description = "A tenth of everything.")
    private boolean quick;

    /** Runs the bench and prints its table or JSON. */
    @Override
    public Integer call() throws Exception {
        Vertx vertx = Vertx.vertx();
        int divisor = quick ? QUICK_DIVISOR : 1;
        try {
            Crowd sale = Crowd.gather(vertx, options.issuer(), options.command(), options.command());
            RoomCrowd crowd = RoomCrowd.of(
                    vertx,
                    TokenIssuer.open(options.issuer()),
                    Crowd.target("waiting-room", waitingRoom),
                    Crowd.target("command", options.command()));
            round(vertx, sale, crowd, WARM_UP_DIVISOR);
            List<Map<String, Figure>> all = new ArrayList<>();
            for (int round = 0; round < options.rounds(); round++) {
                all.add(round(vertx, sale, crowd, divisor));
            }
            List<RpcClient> fans = crowd.accounts(opening / divisor);
            OpeningCrowd.Outcome around = new OpeningCrowd(vertx, crowd, newEvent(sale), fans).run();
            LineOfMillions.Outcome line = new LineOfMillions(vertx, accounts / divisor).run();
            RoomReport report = RoomReport.of(all, around, line);
            options.print(report.table(), report.json());
            return report.sound() ? 0 : 1;
        } finally {
            vertx.close().await(MINUTES, TimeUnit.MINUTES);
        }
    }

    private Map<String, Figure> round(Vertx vertx, Crowd sale, RoomCrowd crowd, int divisor) throws Exception {
        BareScript bare = new BareScript(redisPort, inFlight);
        return new RoomStages(new Load(vertx, inFlight), crowd, bare, newEvent(sale), divisor).run();
    }

    private static String newEvent(Crowd sale) throws Exception {
        return sale.putOnSale().await(MINUTES, TimeUnit.MINUTES).getEventId();
    }
}
