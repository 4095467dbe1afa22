package dev.onsale.command.partner;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/** Which IP addresses are out there, and which are our own house, or stand for it (RFC 6890 and its registries). */
final class PublicAddress {
    /** Networks nobody of ours may be made to call, as first bytes and how many bits of them count. */
    private static final List<Net> NOT_PUBLIC_4 = List.of(
            net(8, 0), // this network
            net(8, 10), // private
            net(10, 100, 64), // carrier-grade NAT
            net(8, 127), // loopback
            net(16, 169, 254), // link-local, and with it the metadata of clouds
            net(12, 172, 16), // private
            net(24, 192, 0, 0), // protocol assignments
            net(24, 192, 0, 2), // documentation
            net(24, 192, 88, 99), // 6to4 relays
            net(16, 192, 168), // private
            net(15, 198, 18), // benchmarks
            net(24, 198, 51, 100), // documentation
            net(24, 203, 0, 113), // documentation
            net(3, 224)); // multicast, and all that is reserved above it: 224 to 255

    /** Of IPv6 only this is public at all. */
    private static final Net GLOBAL_6 = net(3, 0x20);

    private static final List<Net> NOT_PUBLIC_6 = List.of(
            net(23, 0x20, 0x01, 0x00), // protocol assignments: Teredo, ORCHID, benchmarks
            net(32, 0x20, 0x01, 0x0d, 0xb8), // documentation
            net(16, 0x20, 0x02), // 6to4, which hides an IPv4 address
            net(20, 0x3f, 0xff, 0x00)); // documentation

    private PublicAddress() {}

    /** A network by its first bytes. */
    private record Net(int bits, List<Integer> first) {
        boolean contains(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int index = bit / Byte.SIZE;
                int mask = 0x80 >> bit % Byte.SIZE;
                int wanted = index < first.size() ? first.get(index) : 0;
                if ((address[index] & mask) != (wanted & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static Net net(int bits, Integer... first) {
        return new Net(bits, List.of(first));
    }

    /** Whether an address is one of the public internet. */
    static boolean is(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (address instanceof Inet4Address) {
            return NOT_PUBLIC_4.stream().noneMatch(net -> net.contains(bytes));
        }
        return GLOBAL_6.contains(bytes) && NOT_PUBLIC_6.stream().noneMatch(net -> net.contains(bytes));
    }
}
