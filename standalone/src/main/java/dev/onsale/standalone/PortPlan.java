package dev.onsale.standalone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which port each listener gets.
 *
 * @param ports one for each listener, no two the same
 */
record PortPlan(Map<Listener, Integer> ports) {

    private static final int BASE = 7000;
    private static final int MOST = 65_535;

    /**
     * Reads {@code --ports}: a base ({@code 17000}; 0 takes any free ports), single ports ({@code http=8080,command=9}), or
     * a base and single ports ({@code 17000,http=8080}).
     */
    static PortPlan parse(String text) {
        List<String> parts = Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
        int base = parts.stream()
                .filter(part -> !part.contains("="))
                .findFirst()
                .map(part -> number(part, MOST - 2_100))
                .orElse(BASE);
        Map<Listener, Integer> ports = base == 0 ? anyFree() : fromBase(base);
        parts.stream().filter(part -> part.contains("=")).forEach(part -> {
            String[] pair = part.split("=", 2);
            Listener listener = Listener.of(pair[0]).orElseThrow(() -> unknown(pair[0]));
            ports.put(listener, number(pair[1], MOST));
        });
        if (ports.values().stream().distinct().count() < ports.size()) {
            throw new CannotRun("--ports: " + text + " (expected: a different port for each)");
        }
        return new PortPlan(Map.copyOf(ports));
    }

    private static Map<Listener, Integer> fromBase(int base) {
        Map<Listener, Integer> ports = new EnumMap<>(Listener.class);
        Arrays.stream(Listener.values()).forEach(listener -> ports.put(listener, listener.port(base)));
        return ports;
    }

    /** Held open together, so that they differ. */
    private static Map<Listener, Integer> anyFree() {
        Map<Listener, Integer> ports = new EnumMap<>(Listener.class);
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (Listener listener : Listener.values()) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                held.add(socket);
                ports.put(listener, socket.getLocalPort());
            }
            for (ServerSocket socket : held) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new CannotRun("No free ports on loopback: " + e.getMessage());
        }
    }

    private static int number(String text, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through to the message below.
        }
        throw new CannotRun("--ports: " + text + " (expected: 0 to " + most + ")");
    }

    private static CannotRun unknown(String label) {
        String known = Arrays.stream(Listener.values()).map(Listener::label).collect(Collectors.joining(", "));
        return new CannotRun("--ports: " + label + " (expected: one of " + known + ")");
    }

    int of(Listener listener) {
        Integer port = ports.get(listener);
        if (port == null) {
            throw new IllegalArgumentException("No port for " + listener);
        }
        return port;
    }

    /** Fails with all the ports that somebody else listens on. */
    void requireFree() {
        String taken = Arrays.stream(Listener.values())
                .filter(listener -> !isFree(of(listener)))
                .map(listener -> of(listener) + " (" + listener.label() + ")")
                .collect(Collectors.joining(", "));
        if (!taken.isEmpty()) {
            throw new CannotRun("Taken by another program, perhaps a second `up`: port " + taken
                    + ". Stop that one, or choose others: --ports 17000");
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
