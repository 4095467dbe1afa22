package dev.onsale.runtime.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.config.ConfigFault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a laptop may do and a service that others depend on may not. */
class DefaultSecretsTest {

    private static final Map<String, String> GOOD = Map.of(
            "rpc.host", "0.0.0.0",
            "auth.issuer", "https://issuer.example",
            "sql.password", "kX9-rZ2.qLw",
            "redis.url", "redis://app:pW7xQ2mN@redis.example:6379",
            "payment.provider.name", "stripe");

    private static List<String> faults(Map<String, String> changes) {
        var settings = new HashMap<>(GOOD);
        settings.putAll(changes);
        settings.values().removeIf(String::isEmpty);
        var config = Config.of(settings);
        Mode.of(config).check(config, "payment");
        var fault = catchThrowableOfType(ConfigFault.class, config::check);
        return fault == null ? List.of() : fault.faults();
    }

    @Test
    void startsWithSecretsOfItsOwn() {
        assertThat(faults(Map.of())).isEmpty();
    }

    @Test
    void refusesWhatEverybodyKnowsWithoutShowingIt() {
        for (var setting : Map.of(
                        "sql.password", "onsale",
                        "sql.owner-password", "Postgres",
                        "query.support.secret", "a".repeat(40),
                        "challenge.site-verify.secret", "0x0000000000000000000000000000000000000000",
                        "redis.url", "redis://:changeme@redis.example:6379",
                        "elasticsearch.api-key", "changeme")
                .entrySet()) {
            assertThat(faults(Map.of(setting.getKey(), setting.getValue())))
                    .as(setting.getKey())
                    .singleElement()
                    .asString()
                    .startsWith(setting.getKey() + ": a secret that everybody knows")
                    .doesNotContain(setting.getValue());
        }
    }

    @Test
    void refusesTheIssuerOfALaptopAndAProviderNobodyNamed() {
        assertThat(faults(Map.of("auth.issuer", ""))).singleElement().asString().startsWith("auth.issuer:");
        assertThat(faults(Map.of("auth.issuer-directory", "/data/issuer")))
                .singleElement()
                .asString()
                .startsWith("auth.issuer-directory:");
        assertThat(faults(Map.of("payment.provider.name", "")))
                .singleElement()
                .asString()
                .startsWith("payment.provider.name:");
    }

    @Test
    void aLaptopIsOneThatOnlyItselfCanReach() {
        var laptop = Config.of(Map.of("sql.password", "onsale"));
        var behindAnEdge = Config.of(Map.of("query.http-tls", "edge"));
        var onANetwork = Config.of(Map.of("management.host", "192.168.0.7"));
        var saidSo = Config.of(Map.of("rpc.host", "0.0.0.0", "service.mode", "development"));
        var saidOtherwise = Config.of(Map.of("service.mode", "production"));

        assertThat(Mode.of(laptop)).isEqualTo(Mode.DEVELOPMENT);
        Mode.of(laptop).check(laptop, "command");
        assertThatCode(laptop::check).doesNotThrowAnyException();
        assertThat(Mode.of(behindAnEdge)).isEqualTo(Mode.PRODUCTION);
        assertThat(Mode.of(onANetwork)).isEqualTo(Mode.PRODUCTION);
        assertThat(Mode.of(saidSo)).isEqualTo(Mode.DEVELOPMENT);
        assertThat(Mode.of(saidOtherwise)).isEqualTo(Mode.PRODUCTION);
    }
}
