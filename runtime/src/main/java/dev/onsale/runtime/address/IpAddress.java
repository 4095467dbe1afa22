package dev.onsale.runtime.address;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An IPv4 or IPv6 address; an IPv4 address written as IPv6 ({@code ::ffff:192.0.2.1}) is the IPv4 address. Immutable. */
public final class IpAddress {

    private static final int LONGEST = 45;
    private static final int V4_BYTES = 4;
    private static final int V4_NETWORK_BITS = 24;
    private static final int V6_NETWORK_BITS = 64;

    private final byte[] bytes;
    private final String text;

    private IpAddress(InetAddress address) {
        this.bytes = address.getAddress();
        this.text = address.getHostAddress();
    }

    /** Reads an address; null if the text is none. Never asks a name server. */
    public static @Nullable IpAddress parse(String text) {
        if (text.isEmpty() || text.length() > LONGEST || text.indexOf('%') >= 0 || text.indexOf('[') >= 0) {
            return null;
        }
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
        return bytes == null ? null : of(bytes);
    }

    private static IpAddress of(byte[] bytes) {
        try {
            return new IpAddress(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("Not 4 or 16 bytes", e);
        }
    }

    /** How many bits it has: 32 or 128. */
    public int bits() {
        return bytes.length * Byte.SIZE;
    }

    /** The network its neighbours share: {@code 192.0.2.0/24}, {@code 2001:db8:0:1:0:0:0:0/64}. */
    public String network() {
        int bits = bytes.length == V4_BYTES ? V4_NETWORK_BITS : V6_NETWORK_BITS;
        byte[] prefix = Arrays.copyOf(Arrays.copyOf(bytes, bits / Byte.SIZE), bytes.length);
        return of(prefix) + "/" + bits;
    }

    /** Whether the first bits are the same as the other's, which must be of the same kind. */
    boolean sharesPrefix(IpAddress other, int prefixBits) {
        if (other.bytes.length != bytes.length) {
            return false;
        }
        int whole = prefixBits / Byte.SIZE;
        int rest = prefixBits % Byte.SIZE;
        if (!Arrays.equals(bytes, 0, whole, other.bytes, 0, whole)) {
            return false;
        }
        if (rest == 0) {
            return true;
        }
        int differing = (bytes[whole] ^ other.bytes[whole]) & 0xFF;
        return differing >>> (Byte.SIZE - rest) == 0;
    }

    /** The address in its usual form; IPv6 without abbreviation. */
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpAddress address && Arrays.equals(address.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
