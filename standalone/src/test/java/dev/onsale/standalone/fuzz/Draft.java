package dev.onsale.standalone.fuzz;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A call that is still being changed. */
final class Draft {

    private static final int WHOLE = 16_384;

    final Rpc rpc;
    final List<Input.Header> headers;
    final Set<Leeway> leeway = EnumSet.noneOf(Leeway.class);
    byte[] body;
    int piece = WHOLE;
    boolean ends = true;
    private String kind;

    Draft(String kind, Rpc rpc, String token, byte[] message) {
        this.kind = kind;
        this.rpc = rpc;
        this.headers = Headers.usual(rpc.name(), token);
        this.body = Bytes.frame(message);
        if (rpc.streams()) {
            Headers.set(headers, "grpc-timeout", "150m");
            leeway.add(Leeway.EXPIRED);
        }
    }

    /** Says more of what was done to it. */
    Draft kind(String more) {
        kind = kind + "/" + more;
        return this;
    }

    Draft allow(Leeway more) {
        leeway.add(more);
        return this;
    }

    Input.Call done() {
        return new Input.Call(
                kind, rpc.port(), List.copyOf(headers), body, piece, ends, rpc.streams(), Set.copyOf(leeway));
    }
}
