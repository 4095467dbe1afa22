package dev.onsale.standalone;

import dev.onsale.waitingroom.draw.Draw;
import dev.onsale.waitingroom.draw.LinePermutation;
import dev.onsale.waitingroom.draw.PublishedDraw;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Computes the positions of a published draw again, offline. The recipe is docs/waiting-room-draw.md. */
@Command(
        name = "verify-draw",
        description = "Computes the positions of a published draw again, offline; exit code 1 if something is wrong.",
        mixinStandardHelpOptions = true)
final class VerifyDrawCommand implements Callable<Integer> {

    /** More than any answer of the service. */
    private static final int MAX_BYTES = 1 << 20;

    /** More than any room can hold, and what fits a bit set and somebody's patience. */
    private static final int MAX_ALL = 100_000_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--record",
            required = true,
            paramLabel = "FILE",
            description =
                    "The draw as JSON: a DrawRecord, or an answer of GetRoom or VerifyPosition. -: standard input.")
    private String record = "";

    @Option(
            names = "--key-hash",
            paramLabel = "HASH",
            description = "The hash of the key as published before the sale (base64 or hex).")
    private @Nullable String keyHash;

    @ArgGroup
    private Which which = new Which();

    /** One of these, or none for a check of the record alone. */
    static final class Which {
        @Option(names = "--entry", paramLabel = "N", description = "Prints the position of this entry.")
        long entry;

        @Option(names = "--all", description = "Checks every position, and prints a digest of them.")
        boolean all;
    }

    @Override
    public Integer call() throws IOException {
        PublishedDraw published = parse(read());
        Draw draw = published.draw();
        checkKeyHash(draw);
        LinePermutation line = draw.permutation();
        published.claim().ifPresent(claim -> check(line, claim));
        PrintWriter out = spec.commandLine().getOut();
        if (which.all) {
            out.println(all(line));
        } else if (which.entry != 0) {
            out.println(which.entry + " " + position(line, which.entry));
        } else {
            published.claim().ifPresent(claim -> out.println(claim.entry() + " " + claim.position()));
            out.println("The key's hash is right: " + Base64.getEncoder().encodeToString(draw.keyHash()));
        }
        out.flush();
        return 0;
    }

    private byte[] read() throws IOException {
        try (InputStream in = record.equals("-") ? System.in : Files.newInputStream(Path.of(record))) {
            return in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw new CannotRun("--record: " + record + " (no such file)");
        }
    }

    private static PublishedDraw parse(byte[] json) {
        try {
            return PublishedDraw.parse(new String(json, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new CannotRun("WRONG: " + e.getMessage());
        }
    }

    private void checkKeyHash(Draw draw) {
        if (keyHash == null) {
            return;
        }
        String found = Base64.getEncoder().encodeToString(draw.keyHash());
        String hex = HexFormat.of().formatHex(draw.keyHash());
        if (!keyHash.equals(found) && !keyHash.equalsIgnoreCase(hex)) {
            throw new CannotRun("WRONG: the key's hash is " + found + ", not the one published before");
        }
    }

    private static void check(LinePermutation line, PublishedDraw.Claim claim) {
        long position = position(line, claim.entry());
        if (position != claim.position()) {
            throw new CannotRun("WRONG: entry " + claim.entry() + " stands at " + position + ", not at "
                    + claim.position() + " as the answer says");
        }
    }

    private static long position(LinePermutation line, long entry) {
        if (entry < 1) {
            throw new CannotRun("--entry: " + entry + " (expected: 1 or more)");
        }
        return line.position(entry);
    }

    private static String all(LinePermutation line) {
        if (line.size() > MAX_ALL) {
            throw new CannotRun("lobby_size: " + line.size() + " (expected: at most " + MAX_ALL + ")");
        }
        int size = Math.toIntExact(line.size());
        BitSet taken = new BitSet(size + 1);
        MessageDigest digest = sha256();
        for (int entry = 1; entry <= size; entry++) {
            int position = Math.toIntExact(line.position(entry));
            taken.set(position);
            digest.update((entry + " " + position + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        if (taken.cardinality() != size || taken.get(0)) {
            throw new CannotRun("WRONG: the positions are not a permutation");
        }
        return size + " positions, each taken once; SHA-256 of them: "
                + HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has it", e);
        }
    }
}
