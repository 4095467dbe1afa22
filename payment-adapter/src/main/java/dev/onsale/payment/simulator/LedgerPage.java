package dev.onsale.payment.simulator;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;

/** {@code GET /simulator/ledger}: the ledger as it is on disk, one JSON object a line. */
public final class LedgerPage implements Handler<HttpServerRequest> {
    private final SimulatorProvider simulator;

    /** The page of a simulator. */
    public LedgerPage(SimulatorProvider simulator) {
        this.simulator = simulator;
    }

    @Override
    public void handle(HttpServerRequest request) {
        request.response()
                .putHeader("content-type", "application/x-ndjson")
                .sendFile(simulator.ledger().toString(), 0, simulator.ledgerBytes())
                .onFailure(gone -> request.connection().close());
    }
}
