package dev.onsale.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How to start one child process.
 *
 * @param kind which store it is
 * @param port the port it will listen on
 * @param command the program and its arguments
 * @param environment variables added to (or, when empty, removed from) this process's own
 * @param reads files and folders the process must be able to reach
 * @param stopSignal the signal that ends it in order: {@code TERM}, {@code QUIT}
 */
record Launch(
        StoreKind kind,
        int port,
        List<String> command,
        Map<String, String> environment,
        List<Path> reads,
        String stopSignal) {}
