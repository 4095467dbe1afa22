package dev.onsale.tools.rush;

import dev.onsale.proto.catalog.v1.Event;
import dev.onsale.testkit.ProviderLedger;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code onsale rush}: 0 if everything adds up, 1 if not. */
@Command(
        name = "rush",
        description =
                "Sends fans at a running `up` and audits what they got. Exits with 1 if anything does not add up.",
        mixinStandardHelpOptions = true)
public final class Rush implements Callable<Integer> {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "The data folder of the running `up` (default: $ONSALE_DATA, or .onsale beside the launcher).")
    private @Nullable Path data;

    @Option(names = "--fans", defaultValue = "20000", description = "How many fans come (default: 20000).")
    private int fans;

    @Option(names = "--seats", defaultValue = "10000", description = "How many seats there are (default: 10000).")
    private int seats;

    @Option(
            names = "--parties",
            defaultValue = "1-6",
            paramLabel = "FEWEST-MOST",
            description = "How many tickets a fan wants (default: 1-6).")
    private String parties = "1-6";

    @Option(names = "--seed", description = "The same seed sends the same fans (default: any).")
    private @Nullable Long seed;

    @Option(names = "--arrivals", defaultValue = "1000", description = "Fans arriving a second (default: 1000).")
    private double arrivals;

    @Option(names = "--inside", defaultValue = "512", description = "Most fans inside at once (default: 512).")
    private int inside;

    @Option(names = "--connections", defaultValue = "8", description = "Connections they share (default: 8).")
    private int connections;

    @Option(
            names = "--node",
            paramLabel = "PORT",
            description =
                    "One more command node on 127.0.0.1 that fans call, by its port. May be given again. A fan whose node"
                            + " is away turns to another.")
    private List<Integer> nodes = List.of();

    @Option(
            names = "--waiting-room",
            description = "Puts a waiting room before the sale and sends the fans through it; --inside is its cap.")
    private boolean waitingRoom;

    @Option(names = "--drain", defaultValue = "200", description = "Fans the room calls a second (default: 200).")
    private int drain;

    @Option(names = "--json", description = "No bars; one JSON object at the end.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create(); // Replaced by the real one.

    /** Runs the rush alone: {@code java -jar onsale-rush.jar}. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Rush()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        RushOptions options = options();
        Target target = Target.read(folder());
        RushMap map = new RushMap(seats);
        Tally tally = new Tally();
        try (Wire wire = new Wire(target, nodes, connections)) {
            Event event = RushEvent.open(wire, map);
            Set<UUID> before = ProviderLedger.fetch(target.ledger()).payments().keySet();
            long start = System.nanoTime();
            RushRoom room = waitingRoom ? RushRoom.before(wire, event.getEventId(), options, drain) : null;
            List<FanHistory> told = rush(options, event, map, tally, wire, room);
            double seconds = (System.nanoTime() - start) / 1e9;
            RoomFigures figures = room == null ? null : room.figures();
            Verdict verdict = audit(new RushAudit(target, event.getEventId(), wire, before), told);
            RushReport report = new RushReport(options, event.getEventId(), tally, verdict, seconds, figures);
            spec.commandLine().getOut().println(json ? report.json().encode() : report.table());
            return verdict.clean() && (figures == null || figures.fair()) ? 0 : 1;
        }
    }

    private List<FanHistory> rush(
            RushOptions options, Event event, RushMap map, Tally tally, Wire wire, @Nullable RushRoom room)
            throws InterruptedException {
        try (Progress progress = Progress.of("fans", fans, json)) {
            return new Crowd(options, event.getEventId(), map, tally, wire, room).run(progress);
        }
    }

    private Verdict audit(RushAudit audit, List<FanHistory> told) throws Exception {
        long booked = told.stream().filter(fan -> fan.booking() != null).count();
        try (Progress progress = Progress.of("coming to rest", booked, json)) {
            return audit.run(told, progress);
        }
    }

    private RushOptions options() {
        String[] bounds = parties.split("-", 2);
        int fewest = Integer.parseInt(bounds[0]);
        int most = Integer.parseInt(bounds[bounds.length - 1]);
        if (fewest < 1 || most > 6 || fewest > most) {
            throw new IllegalArgumentException("--parties: " + parties + " (expected: within 1-6)");
        }
        long chosen = seed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : seed;
        String run = Long.toString(System.currentTimeMillis(), 36);
        return new RushOptions(fans, seats, fewest, most, chosen, run, arrivals, inside);
    }

    private Path folder() {
        if (data != null) {
            return data.toAbsolutePath();
        }
        String environment = System.getenv("ONSALE_DATA");
        Path root = Path.of(System.getProperty("onsale.root", "."));
        return environment == null
                ? root.resolve(".onsale")
                : Path.of(environment).toAbsolutePath();
    }
}
