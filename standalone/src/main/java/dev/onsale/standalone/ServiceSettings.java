package dev.onsale.standalone;

import dev.onsale.embedded.Login;
import dev.onsale.embedded.Stores;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What each service is told: the stores, the issuer's key, its ports and where its neighbours are. */
record ServiceSettings(Stores stores, PortPlan ports, Path data, Path jwksFile) {

    Map<String, String> command() {
        Map<String, String> settings = common(stores.postgres().app());
        asOwner(settings);
        keepsAuditLog(settings);
        settings.put(
                "auth.issuer-directory", DataOption.issuer(data).toString()); // For its own token, to call payment.
        settings.put(
                "admission.jwks-url",
                "http://127.0.0.1:" + port(Listener.WAITING_ROOM_MANAGEMENT) + "/.well-known/admission-jwks.json");
        settings.put("ticket.key-file", data.resolve("tickets/keys.json").toString());
        settings.put("mail.host", stores.mail().uri().getHost());
        settings.put("mail.port", Integer.toString(stores.mail().port()));
        return settings;
    }

    Map<String, String> query() {
        Map<String, String> settings = common(stores.postgres().reader());
        settings.put("query.support.secret-file", data.resolve("support/secret").toString());
        settings.put(
                "auth.issuer-directory",
                DataOption.issuer(data).toString()); // For its own token: to ask for timelines, to have drift repaired.
        return settings;
    }

    Map<String, String> payment() {
        Map<String, String> settings = common(stores.postgres().app());
        asOwner(settings);
        settings.put(
                "payment.simulator.ledger",
                data.resolve("simulator/ledger.jsonl").toString());
        return settings;
    }

    Map<String, String> waitingRoom() {
        Map<String, String> settings = common(stores.postgres().app());
        asOwner(settings);
        keepsAuditLog(settings);
        settings.put(
                "auth.issuer-directory", DataOption.issuer(data).toString()); // For its own token, to call the gate.
        return settings;
    }

    /** These bring their schema up to date at the start. */
    private void asOwner(Map<String, String> settings) {
        settings.put("sql.owner-user", stores.postgres().owner().user());
        settings.put("sql.owner-password", stores.postgres().owner().password());
    }

    /** These keep audit logs. */
    private void keepsAuditLog(Map<String, String> settings) {
        settings.put("audit.key-file", data.resolve("audit/key.json").toString());
    }

    private Map<String, String> common(Login login) {
        Map<String, String> settings = new HashMap<>();
        settings.put("redis.url", stores.redis().uri().toString());
        settings.put("sql.url", stores.postgres().uri().toString());
        settings.put("sql.user", login.user());
        settings.put("sql.password", login.password());
        settings.put("elasticsearch.url", stores.elasticsearch().uri().toString());
        settings.put("auth.jwks-file", jwksFile.toString());
        settings.put("command.port", port(Listener.COMMAND));
        settings.put("command.management-port", port(Listener.COMMAND_MANAGEMENT));
        settings.put("query.port", port(Listener.QUERY));
        settings.put("query.http-port", port(Listener.HTTP));
        settings.put("query.management-port", port(Listener.QUERY_MANAGEMENT));
        settings.put("waiting-room.port", port(Listener.WAITING_ROOM));
        settings.put("waiting-room.management-port", port(Listener.WAITING_ROOM_MANAGEMENT));
        settings.put("payment.port", port(Listener.PAYMENT));
        settings.put("payment.http-port", port(Listener.WEBHOOKS));
        settings.put("payment.management-port", port(Listener.PAYMENT_MANAGEMENT));
        return settings;
    }

    private String port(Listener listener) {
        return Integer.toString(ports.of(listener));
    }
}
