package dev.onsale.command.partner;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a webhook goes. A partner names it, so it must not lead into our own house: only {@code https}, only names and addresses
 * all of which are public, and each delivery goes to the very address that was checked, whatever the name says a moment later.
 *
 * @param uri as the partner wrote it
 * @param host its host, without brackets
 * @param port its port
 * @param secure whether it is https
 */
record WebhookAddress(URI uri, String host, int port, boolean secure) {
    private static final int HTTPS = 443;
    private static final int HTTP = 80;
    private static final int MOST_HOST = 253;
    private static final List<String> LOOPBACK = List.of("127.0.0.1", "localhost", "::1");

    /** Finds the addresses of a name. Blocks. */
    @FunctionalInterface
    interface Names {
        /** The system's resolver. */
        Names SYSTEM = InetAddress::getAllByName;

        /** All addresses of a host. */
        InetAddress[] of(String host) throws UnknownHostException;
    }

    /**
     * The address in a text of a partner; empty if webhooks may not go there by its form alone.
     *
     * @param allowLoopback whether {@code http} to loopback is accepted: in development
     */
    static Optional<WebhookAddress> parse(String text, boolean allowLoopback) {
        try {
            URI uri = new URI(text).parseServerAuthority();
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            String host = String.valueOf(uri.getHost()).replaceAll("^\\[|]$", "");
            boolean secure = scheme.equals("https");
            boolean plain = scheme.equals("http") && allowLoopback && LOOPBACK.contains(host);
            boolean wellFormed = uri.getHost() != null
                    && host.length() <= MOST_HOST
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null
                    && uri.getPort() != 0
                    && uri.getPort() <= 0xFFFF
                    && text.chars().allMatch(c -> c > ' ' && c < 0x7F);
            int port = uri.getPort() > 0 ? uri.getPort() : secure ? HTTPS : HTTP;
            return wellFormed && (secure || plain)
                    ? Optional.of(new WebhookAddress(uri, host, port, secure))
                    : Optional.empty();
        } catch (URISyntaxException notAnAddress) {
            return Optional.empty();
        }
    }

    /**
     * The address to connect to; empty if one of the host's addresses is not public, or it has none. Blocks while the name is
     * looked up.
     */
    Optional<InetAddress> resolve(Names names, boolean allowLoopback) {
        try {
            InetAddress[] all = names.of(host);
            boolean fit = Arrays.stream(all)
                    .allMatch(address -> PublicAddress.is(address) || (allowLoopback && address.isLoopbackAddress()));
            return fit ? Arrays.stream(all).findFirst() : Optional.empty();
        } catch (UnknownHostException unknown) {
            return Optional.empty();
        }
    }

    /** The path with the query, as it goes into the request. */
    String target() {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
    }
}
