package dev.onsale.command.risk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Networks by their CIDR, e.g. {@code 192.0.2.0/24} or {@code 2001:db8::/32}. A look-up costs one hash for each length of prefix. */
final class Networks {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /** Address length in bytes, then prefix length in bits, then prefixes. */
    private final Map<Integer, Map<Integer, Set<ByteBuffer>>> prefixes = new HashMap<>();

    private Networks() {}

    /**
     * Reads networks, one a line; what follows a {@code #} is a remark.
     *
     * @throws IllegalArgumentException if a line is none; it says which
     */
    static Networks of(List<String> lines) {
        Networks networks = new Networks();
        int number = 0;
        for (String line : lines) {
            number++;
            String text = line.split("#", 2)[0].strip();
            if (!text.isEmpty() && !networks.add(text)) {
                throw new IllegalArgumentException("line " + number + " is no network (expected: address/prefix)");
            }
        }
        return networks;
    }

    static Networks read(Path file) {
        try {
            return of(Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean add(String cidr) {
        String[] parts = cidr.split("/", -1);
        Optional<byte[]> address = parts.length == 2 ? bytes(parts[0]) : Optional.empty();
        if (address.isEmpty() || !parts[1].matches("\\d{1,3}")) {
            return false;
        }
        int bits = Integer.parseInt(parts[1]);
        if (bits > address.get().length * 8) {
            return false;
        }
        prefixes.computeIfAbsent(address.get().length, length -> new HashMap<>())
                .computeIfAbsent(bits, length -> new HashSet<>())
                .add(prefix(address.get(), bits));
        return true;
    }

    /** The length of the prefix by which one of the networks has this address; empty: none has. */
    Optional<Integer> find(String peer) {
        if (prefixes.isEmpty()) {
            return Optional.empty();
        }
        return bytes(peer)
                .flatMap(address -> prefixes.getOrDefault(address.length, Map.of()).entrySet().stream()
                        .filter(entry -> entry.getValue().contains(prefix(address, entry.getKey())))
                        .map(Map.Entry::getKey)
                        .findFirst());
    }

    private static ByteBuffer prefix(byte[] address, int bits) {
        byte[] masked = new byte[address.length];
        for (int i = 0; i < address.length; i++) {
            int kept = Math.clamp(bits - 8L * i, 0, 8);
            masked[i] = (byte) (address[i] & (0xff << (8 - kept)));
        }
        return ByteBuffer.wrap(masked);
    }

    /** Never asks a name server: only what is an address is looked at. */
    private static Optional<byte[]> bytes(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text).getAddress());
        } catch (UnknownHostException noAddress) {
            return Optional.empty();
        }
    }
}
