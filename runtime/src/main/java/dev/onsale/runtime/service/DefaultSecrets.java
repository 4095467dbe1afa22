package dev.onsale.runtime.service;

import dev.onsale.runtime.auth.AuthConfig;
import dev.onsale.runtime.config.Config;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds secrets that everybody knows, and defaults that are only good for a laptop. What it finds is never shown. */
final class DefaultSecrets {

    /** What this product, its stores and its neighbours are shipped with, what examples say, and test keys that pass everything. */
    private static final Set<String> KNOWN = Set.of(
            "onsale",
            "postgres",
            "redis",
            "elastic",
            "password",
            "passw0rd",
            "changeme",
            "change-me",
            "changeit",
            "secret",
            "admin",
            "root",
            "test",
            "example",
            "0x0000000000000000000000000000000000000000",
            "1x0000000000000000000000000000000aa",
            "6leixactaaaaagg-vfi1tnrwxmznfuoji4wifjwe");

    private static final int LEAST_DISTINCT = 5;

    private static final List<String> SECRETS = List.of(
            "sql.password",
            "sql.owner-password",
            "query.sql.password",
            "elasticsearch.api-key",
            "query.support.secret",
            "challenge.site-verify.secret");

    private DefaultSecrets() {}

    /** Notes each as a fault. */
    static void refuse(Config config, String service) {
        SECRETS.forEach(key -> config.optionalString(key).ifPresent(value -> refuse(config, key, value)));
        config.list("payment.simulator.webhook-secrets", List.of())
                .forEach(value -> refuse(config, "payment.simulator.webhook-secrets", value));
        config.optionalUri("redis.url").ifPresent(url -> refusePassword(config, url));
        if (config.string("auth.issuer", AuthConfig.LOCAL_ISSUER).equals(AuthConfig.LOCAL_ISSUER)) {
            config.reject("auth.issuer", "the issuer of a laptop", "your own issuer outside development");
        }
        if (config.optionalPath("auth.issuer-directory").isPresent()) {
            config.reject(
                    "auth.issuer-directory",
                    "set",
                    "auth.service-token-file outside development: whoever has the issuer's key can be anybody");
        }
        if (service.equals("payment")
                && config.optionalString("payment.provider.name").isEmpty()) {
            config.reject(
                    "payment.provider.name", "not set", "a provider outside development; the simulator only if named");
        }
    }

    private static void refusePassword(Config config, URI url) {
        var login = url.getUserInfo();
        if (login != null && login.indexOf(':') >= 0) {
            refuse(config, "redis.url", login.substring(login.indexOf(':') + 1));
        }
    }

    private static void refuse(Config config, String key, String value) {
        if (KNOWN.contains(value.toLowerCase(Locale.ROOT))
                || value.chars().distinct().count() < LEAST_DISTINCT) {
            config.reject(key, "a secret that everybody knows", "one of your own outside development");
        }
    }
}
