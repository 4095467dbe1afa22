package dev.onsale.runtime.rpc;

import dev.onsale.runtime.address.IpAddress;
import dev.onsale.runtime.auth.Principal;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One call as its handler sees it, apart from the request message. Confined to the event loop that serves the call. */
public final class Call {

    private final String method;
    private final Access access;
    private final MultiMap headers;
    private final @Nullable IpAddress address;
    private final long startNanos;
    private final long endNanos;
    private final @Nullable String trace;
    private final Map<String, String> trailers = new LinkedHashMap<>();
    private Principal principal = Principal.ANONYMOUS;

    Call(
            String method,
            Access access,
            MultiMap headers,
            @Nullable IpAddress address,
            Duration timeout,
            @Nullable String trace) {
        this.method = method;
        this.access = access;
        this.headers = headers;
        this.address = address;
        this.startNanos = System.nanoTime();
        this.endNanos = startNanos + timeout.toNanos();
        this.trace = trace;
    }

    void principal(Principal proved) {
        this.principal = proved;
    }

    /** Full name of the method, e.g. {@code onsale.inventory.v1.HoldService/CreateHold}. */
    public String method() {
        return method;
    }

    /** Who is calling; {@link Principal#ANONYMOUS} without a token, which only happens on public methods. */
    public Principal principal() {
        return principal;
    }

    /** The caller's account; empty for an anonymous caller. */
    public String account() {
        return principal.account();
    }

    /**
     * Whether the caller may do this to what belongs to an account, by the method's row in the table (see {@link Access}). If
     * not, answer as for an id that does not exist.
     */
    public boolean reaches(String owner) {
        return access.reaches(principal, owner);
    }

    /** IP address of the caller, as seen by this server or told by trusted proxies in front of it; empty if it has none. */
    public String peer() {
        return address == null ? "" : address.toString();
    }

    /** The same as an address; null if the caller has none. */
    public @Nullable IpAddress address() {
        return address;
    }

    /** Sends a trailer with the answer, whatever that will be. */
    public void trailer(String name, String value) {
        trailers.put(name, value);
    }

    Map<String, String> trailers() {
        return trailers;
    }

    /** Time left until the caller gets {@code DEADLINE_EXCEEDED}; never negative. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
    }

    /** When the caller gets {@code DEADLINE_EXCEEDED}. */
    public Instant deadline() {
        return Instant.now().plus(remaining());
    }

    /** Time since the call arrived. */
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    /** The W3C {@code traceparent} to hand on with changes and calls made for this one; null if not traced. */
    public @Nullable String trace() {
        return trace;
    }

    /** A header of the call (lower case name), e.g. {@code onsale-admission}; null if absent. */
    public @Nullable String header(String name) {
        return headers.get(name);
    }
}
