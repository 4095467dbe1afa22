package dev.onsale.payment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.onsale.embedded.StoreKind;
import dev.onsale.testkit.TestStores;
import dev.onsale.testkit.TestTokens;
import dev.onsale.testkit.access.AccessCalls;
import dev.onsale.testkit.access.AccessCells;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Who may call what of the payment adapter, cell by cell. */
class AccessIT {
    @RegisterExtension
    static final TestStores stores = TestStores.with(StoreKind.POSTGRES)
            .migrated(
                    "payment",
                    (url, owner) -> PaymentSchema.migrations(url, owner.user(), owner.password())
                            .run());

    @Test
    void refusesExactlyThoseCallersWhomTheTableDoesNotName(@TempDir Path folder) throws Exception {
        TestTokens tokens = TestTokens.create();
        try (PaymentFixture payment = new PaymentFixture(stores, folder, tokens.settings());
                AccessCalls calls = new AccessCalls(payment.vertx(), payment.port())) {
            List<MethodDescriptor> served = calls.served();
            AccessCells cells = new AccessCells(calls, tokens);

            assertThat(cells.wrong(served)).isEmpty();

            assertThat(cells.checked()).isEqualTo(served.size() * cells.each());
            assertThat(served)
                    .extracting(method -> method.getService().getName())
                    .contains("PaymentService");
        }
    }
}
