package dev.onsale.command.ticket;

import dev.onsale.runtime.config.Config;
import java.nio.file.Path;

/**
 * How tickets are signed and handed on.
 *
 * @param keyFile a JWK set with private Ed25519 keys; the first signs, all verify; made if it isn't there. Every node needs
 *     the same one, or tickets signed by one are refused by another
 * @param mostTransfers how often a place can change hands; too high: a market, too low: friends can't sort themselves out
 */
public record TicketConfig(Path keyFile, int mostTransfers) {
    /** Reads {@code ticket.*}. */
    public static TicketConfig from(Config config) {
        return new TicketConfig(
                Path.of(config.string("ticket.key-file", "data/ticket-keys.json")),
                config.integer("ticket.most-transfers", 3, 0, 100));
    }
}
