package dev.onsale.standalone;

import dev.onsale.command.CommandMain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** One more command service on the stores of a running system, in a process of its own that can be killed. */
final class CommandNode implements AutoCloseable {

    private final ServiceProcess process;
    private final int port;
    private final int managementPort;

    private CommandNode(ServiceProcess process, int port, int managementPort) {
        this.process = process;
        this.port = port;
        this.managementPort = managementPort;
    }

    /** Starts one with the settings of the system's own and these; returns when it is ready. Its log is in the folder. */
    static CommandNode start(Path folder, ServiceSettings system, Map<String, String> more) throws IOException {
        PortPlan ports = PortPlan.parse("0");
        int port = ports.of(Listener.COMMAND);
        int managementPort = ports.of(Listener.COMMAND_MANAGEMENT);
        Map<String, String> settings = new HashMap<>(system.command());
        settings.putAll(more);
        settings.put("command.port", Integer.toString(port));
        settings.put("command.management-port", Integer.toString(managementPort));
        ServiceProcess process = ServiceProcess.start(folder, "node", CommandMain.class, settings, managementPort);
        return new CommandNode(process.ready(), port, managementPort);
    }

    /** Its process, with which it signs the sagas that it owns. */
    long process() {
        return process.pid();
    }

    /** The port of its RPCs. */
    int port() {
        return port;
    }

    AnsweredCalls calls() {
        return AnsweredCalls.ofNode(managementPort);
    }

    /** Ends it as {@code kill -9} does, and waits until it is gone. */
    void kill() {
        process.kill();
    }

    @Override
    public void close() {
        kill();
    }
}
