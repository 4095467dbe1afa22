package dev.onsale.payment;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Something that answers like Stripe, from npm: fetched once into target/ by the ordinary client. */
final class StripeStandIn implements AutoCloseable {
    private static final String MOCK = "stripe-stateful-mock@0.0.16";
    private static final Path HOME =
            Path.of("target", "stripe-stateful-mock-0.0.16").toAbsolutePath();

    private final Process node;
    private final URI uri;

    private StripeStandIn(Process node, URI uri) {
        this.node = node;
        this.uri = uri;
    }

    /** Starts it; the test is skipped if there is no npm on this machine. */
    static StripeStandIn start() throws IOException, InterruptedException {
        assumeTrue(runs("npm", "--version"), "npm is missing: install Debian's nodejs and npm to run this test");
        if (!Files.isDirectory(HOME.resolve("node_modules/stripe-stateful-mock"))) {
            Files.createDirectories(HOME);
            run(List.of("npm", "install", "--silent", "--no-audit", "--no-fund", "--no-save", MOCK));
        }
        Path script = HOME.resolve("stripe-intents.js");
        try (InputStream source = StripeStandIn.class.getResourceAsStream("stripe/stripe-intents.js")) {
            Files.write(script, Objects.requireNonNull(source).readAllBytes());
        }
        Process node = new ProcessBuilder("node", script.toString(), HOME.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String port =
                new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (port == null) {
            throw new IOException("the stand-in ended at once");
        }
        return new StripeStandIn(node, URI.create("http://127.0.0.1:" + port));
    }

    URI uri() {
        return uri;
    }

    private static boolean runs(String... command) throws InterruptedException {
        try {
            run(List.of(command));
            return true;
        } catch (IOException missing) {
            return false;
        }
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Files.createDirectories(HOME);
        Process process = new ProcessBuilder(command)
                .directory(HOME.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException(command + " did not end");
        }
        if (process.exitValue() != 0) {
            throw new IOException(command + " ended with " + process.exitValue());
        }
    }

    /** Stops it. */
    @Override
    public void close() {
        node.destroy();
    }
}
