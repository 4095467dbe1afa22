package dev.onsale.command.ticket;

import dev.onsale.runtime.config.Config;
import java.nio.file.Path;

/**
 * How tickets are signed.
 *
 * @param keyFile a JWK set with private Ed25519 keys; the first signs, all verify; made if it isn't there. Every node needs
 *     the same one, or tickets signed by one are refused by another
 */
public record TicketConfig(Path keyFile) {
    /** Reads {@code ticket.*}. */
    public static TicketConfig from(Config config) {
        return new TicketConfig(Path.of(config.string("ticket.key-file", "data/ticket-keys.json")));
    }
}
