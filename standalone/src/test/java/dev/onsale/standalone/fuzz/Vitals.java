package dev.onsale.standalone.fuzz;

import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** How much the services hold on to: memory, connections, calls under way. */
public final class Vitals {

    private static final int COLLECTIONS = 3;

    private final List<Integer> managementPorts;

    /** Of the services with these management ports, in this process. */
    public Vitals(List<Integer> managementPorts) {
        this.managementPorts = managementPorts;
    }

    /**
     * What there is at one moment.
     *
     * @param heap bytes in use after all garbage is gone
     * @param direct bytes outside of the heap
     * @param connections to the gRPC servers
     * @param calls under way, watches of services among one another included
     */
    public record Reading(long heap, long direct, int connections, int calls) {}

    /** Looks. */
    public Reading read() throws IOException {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        long direct = Math.max(0, PlatformDependent.usedDirectMemory());
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            direct += pool.getName().equals("direct") ? pool.getMemoryUsed() : 0;
        }
        return new Reading(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                direct,
                sum("onsale_rpc_connections"),
                sum("onsale_rpc_in_flight"));
    }

    /** Of one gauge over all services. */
    private int sum(String gauge) throws IOException {
        double sum = 0;
        for (int port : managementPorts) {
            try (var page =
                    URI.create("http://127.0.0.1:" + port + "/metrics").toURL().openStream()) {
                sum += new String(page.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> line.startsWith(gauge + " ") || line.startsWith(gauge + "{"))
                        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                        .sum();
            }
        }
        return (int) sum;
    }
}
