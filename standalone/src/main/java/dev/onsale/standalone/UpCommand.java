package dev.onsale.standalone;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs everything until Ctrl-C or SIGTERM. */
@Command(
        name = "up",
        description = "Starts all stores and services on loopback, with a stadium on sale. Ctrl-C stops them.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    @Mixin
    private DataOption data = new DataOption();

    @Option(
            names = "--ports",
            defaultValue = "7000",
            paramLabel = "BASE|NAME=PORT,...",
            description =
                    "A base for all ports (default: 7000; 0: any free ones), single ones, or both: 17000,http=8080.")
    private String ports = "";

    @Override
    public Integer call() throws InterruptedException {
        long begun = System.nanoTime();
        System.setProperty(
                "onsale.log", data.folder().resolve("logs/onsale.log").toString());
        Standalone.logTo("logback-up.xml");
        System.setProperty("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.SLF4JLogDelegateFactory");
        LocalSystem system = new LocalSystem(data.folder(), PortPlan.parse(ports));
        Runtime.getRuntime().addShutdownHook(new Thread(system::stop, "stop"));
        Endpoints endpoints = system.start();
        Welcome.print(endpoints, data.folder(), system.tokens(), (System.nanoTime() - begun) / 1_000_000_000L);
        new CountDownLatch(1).await(); // The shutdown hook ends the process.
        return 0;
    }
}
