package dev.onsale.runtime.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onsale.runtime.address.ForwardedFor;
import dev.onsale.runtime.address.IpAddress;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.config.ConfigFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitConfigTest {

    private static final String CREATE_HOLD = "onsale.inventory.v1.HoldService/CreateHold";

    private static LimitConfig config(Map<String, String> settings) {
        var config = Config.of(settings);
        var limits = LimitConfig.from(config);
        config.check();
        return limits;
    }

    @Test
    void exemptsLoopbackAndServicesUnlessToldOtherwise() {
        assertThat(config(Map.of()).exempt().contain(IpAddress.parse("127.0.0.5")))
                .isTrue();
        assertThat(config(Map.of()).exempt().contain(IpAddress.parse("::1"))).isTrue();
        var nobody = config(Map.of("limits.exempt", "none", "limits.exempt-roles", "none"));
        assertThat(nobody.exempt().isEmpty()).isTrue();
        assertThat(nobody.exemptRoles()).isEmpty();
    }

    @Test
    void settingsChangeWhatMethodsCost() {
        var methods = config(Map.of(
                        "limits.weights", "HoldService/CreateHold=7, onsale.inventory.v1.HoldService/GetHold=0",
                        "limits.in-node", "HoldService/GetHold",
                        "limits.lanes", "HoldService/*=booking"))
                .methods();

        assertThat(methods.of(CREATE_HOLD)).isEqualTo(new MethodRule(7, false, Lane.BOOKING));
        assertThat(methods.of("onsale.inventory.v1.HoldService/GetHold"))
                .isEqualTo(new MethodRule(0, true, Lane.BOOKING));
    }

    @Test
    void shedsReadsFirstAndBookingsLast() {
        var methods = config(Map.of()).methods();

        assertThat(methods.of("onsale.booking.v1.BookingService/CreateBooking").lane())
                .isEqualTo(Lane.BOOKING);
        assertThat(methods.of("onsale.payment.v1.PaymentService/Capture").lane())
                .isEqualTo(Lane.BOOKING);
        assertThat(methods.of(CREATE_HOLD).lane()).isEqualTo(Lane.SALE);
        assertThat(methods.of("onsale.query.v1.CatalogQueryService/SearchEvents")
                        .lane())
                .isEqualTo(Lane.READ);
        assertThat(methods.of("grpc.health.v1.Health/Check").lane()).isEqualTo(Lane.CONTROL);
        assertThat(methods.of("a.service/TheTableDoesNotKnow")).isEqualTo(new MethodRule(1, false, Lane.SALE));
    }

    @ParameterizedTest
    @CsvSource({
        "limits.weights, HoldService/CraeteHold=2",
        "limits.weights, HoldServce/CreateHold=2",
        "limits.weights, HoldService/CreateHold",
        "limits.weights, HoldService/CreateHold=-1",
        "limits.weights, HoldService/CreateHold=10001",
        "limits.weights, HoldService/CreateHold=x",
        "limits.in-node, HoldService",
        "limits.lanes, HoldService/CreateHold=vip",
        "limits.exempt, 127.0.0.1/99",
        "limits.exempt-roles, root",
        "limits.account.burst, 0",
        "limits.account.rate, 0",
        "limits.without-redis, maybe",
        "limits.concurrency.first, 5",
        "rpc.trusted-proxies, everywhere",
    })
    void aMisspeltSettingRefusesTheStart(String key, String value) {
        var config = Config.of(Map.of(key, value));
        LimitConfig.from(config);
        ForwardedFor.from(config);

        assertThatThrownBy(config::check).isInstanceOf(ConfigFault.class).hasMessageStartingWith(key + ": ");
    }

    @Test
    void knowsEveryServiceOfTheContracts() throws IOException {
        var service = Pattern.compile("(?m)^service (\\w+)");
        try (var files = Files.walk(Path.of("../proto/onsale"))) {
            for (Path proto :
                    files.filter(file -> file.toString().endsWith(".proto")).toList()) {
                var found = service.matcher(Files.readString(proto));
                while (found.find()) {
                    assertThat(Methods.SERVICES)
                            .as("Methods.SERVICES lacks " + found.group(1))
                            .anyMatch(known -> known.getName().equals(found.group(1)));
                }
            }
        }
    }
}
