package dev.onsale.standalone;

import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.auth.TokenIssuer;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;

/** What `up` prints when everything is ready: where things are, a token, and what to try. */
final class Welcome {

    private static final Duration TOKEN_LIFE = Duration.ofHours(24);

    private Welcome() {}

    static void print(Endpoints endpoints, Path data, TokenIssuer issuer, long seconds) {
        String token = issuer.issue("alice", Set.of(Role.FAN), TOKEN_LIFE);
        System.out.println(addresses(endpoints, data));
        System.out.println("A fan's token, good for 24 hours (others: ./onsale token --help):\n\n" + token + "\n");
        System.out.println(tryNext(endpoints, token));
        System.out.println("Ready in " + seconds + " s. Ctrl-C stops everything.");
        System.out.flush();
    }

    private static String addresses(Endpoints at, Path data) {
        return """

                            gRPC              health, metrics
                command       127.0.0.1:%-7d http://127.0.0.1:%d/health/ready
                query         127.0.0.1:%-7d http://127.0.0.1:%d/health/ready
                waiting room  127.0.0.1:%-7d http://127.0.0.1:%d/health/ready
                payment       127.0.0.1:%-7d http://127.0.0.1:%d/health/ready

                events      http://127.0.0.1:%d/v1/events
                keys        http://127.0.0.1:%d/.well-known/jwks.json
                mails       http://127.0.0.1:%d/mails
                webhooks    http://127.0.0.1:%d/webhooks/simulator
                stores      %s  %s  %s
                data, logs  %s
                """.formatted(
                        at.port(Listener.COMMAND),
                        at.port(Listener.COMMAND_MANAGEMENT),
                        at.port(Listener.QUERY),
                        at.port(Listener.QUERY_MANAGEMENT),
                        at.port(Listener.WAITING_ROOM),
                        at.port(Listener.WAITING_ROOM_MANAGEMENT),
                        at.port(Listener.PAYMENT),
                        at.port(Listener.PAYMENT_MANAGEMENT),
                        at.port(Listener.HTTP),
                        at.port(Listener.HTTP),
                        at.port(Listener.MAILS),
                        at.port(Listener.WEBHOOKS),
                        at.redis(),
                        at.jdbcUrl(),
                        at.elasticsearch(),
                        data);
    }

    /** Three commands for a shell, each using what the one before answered. */
    private static String tryNext(Endpoints at, String token) {
        String command = "127.0.0.1:" + at.port(Listener.COMMAND);
        return """
                To try next, in another shell. Hold the best two seats side by side:

                token=%1$s
                hold=$(%2$s -d '{"request_id": "'$RANDOM$RANDOM'", "event_id": "%3$s", "best_available": {"quantity": 2}}' %4$s); echo "$hold"

                Buy them:

                field() { sed -n 's/.*"'$1'": *"\\([^"]*\\)".*/\\1/p' | head -n 1; }
                booking=$(%2$s -d '{"request_id": "'$RANDOM$RANDOM'", "hold_id": "'$(echo "$hold" | field holdId)'", "fence": "'$(echo "$hold" | field fence)'", "payment_token": "tok_approve", "contact": {"name": "Alice", "email": "alice@example.com"}}' %5$s); echo "$booking"

                Watch the booking until the tickets are there:

                %2$s -d '{"booking_id": "'$(echo "$booking" | field bookingId)'"}' %6$s
                """.formatted(
                        token,
                        caller(),
                        at.eventId(),
                        method(command, "onsale.inventory.v1.HoldService/CreateHold"),
                        method(command, "onsale.booking.v1.BookingService/CreateBooking"),
                        method(command, "onsale.booking.v1.BookingService/WatchBooking"));
    }

    private static String caller() {
        return grpcurl()
                ? "grpcurl -plaintext -H \"authorization: Bearer $token\""
                : launcher("tools/buf.sh")
                        + " curl --protocol grpc --http2-prior-knowledge -H \"authorization: Bearer $token\"";
    }

    private static String method(String server, String method) {
        return grpcurl() ? server + " " + method : "http://" + server + "/" + method;
    }

    private static String launcher(String file) {
        return Path.of(System.getProperty("onsale.root", ".")).resolve(file).toString();
    }

    private static boolean grpcurl() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "grpcurl")));
    }
}
