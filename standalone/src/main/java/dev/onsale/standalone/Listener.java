package dev.onsale.standalone;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Everything that listens on a port. Port = base (7000 unless told otherwise) + offset. */
public enum Listener {
    /** gRPC of the command service. */
    COMMAND(1),
    /** gRPC of the query service. */
    QUERY(2),
    /** gRPC of the waiting room. */
    WAITING_ROOM(3),
    /** gRPC of the payment adapter. */
    PAYMENT(4),
    /** Redis. */
    REDIS(10),
    /** PostgreSQL. */
    POSTGRES(11),
    /** Elasticsearch. */
    ELASTICSEARCH(12),
    /** SMTP of the local mail server. */
    MAIL(25),
    /** The mails, to be read by HTTP. */
    MAILS(26),
    /** Public reads by HTTP, and the issuer's public keys. */
    HTTP(80),
    /** Webhooks of payment providers, by HTTP. */
    WEBHOOKS(84),
    /** Health and metrics of the command service. */
    COMMAND_MANAGEMENT(2001),
    /** Health and metrics of the query service. */
    QUERY_MANAGEMENT(2002),
    /** Health and metrics of the waiting room. */
    WAITING_ROOM_MANAGEMENT(2003),
    /** Health and metrics of the payment adapter, and the simulator's ledger. */
    PAYMENT_MANAGEMENT(2004);

    private final int offset;

    Listener(int offset) {
        this.offset = offset;
    }

    int port(int base) {
        return base + offset;
    }

    /** The name on the command line: {@code waiting-room}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Listener> of(String label) {
        return Arrays.stream(values())
                .filter(listener -> listener.label().equals(label))
                .findFirst();
    }
}
