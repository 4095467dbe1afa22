package dev.onsale.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortPlanTest {

    @Test
    void theDefaultsAreThePublishedOnes() {
        PortPlan plan = PortPlan.parse("7000");
        assertThat(plan.of(Listener.COMMAND)).isEqualTo(7001);
        assertThat(plan.of(Listener.PAYMENT)).isEqualTo(7004);
        assertThat(plan.of(Listener.HTTP)).isEqualTo(7080);
        assertThat(plan.of(Listener.WEBHOOKS)).isEqualTo(7084);
        assertThat(plan.of(Listener.PAYMENT_MANAGEMENT)).isEqualTo(9004);
    }

    @Test
    void singlePortsWinOverTheBase() {
        PortPlan plan = PortPlan.parse("17000,http=8080, waiting-room=9");
        assertThat(plan.of(Listener.COMMAND)).isEqualTo(17001);
        assertThat(plan.of(Listener.HTTP)).isEqualTo(8080);
        assertThat(plan.of(Listener.WAITING_ROOM)).isEqualTo(9);
    }

    @Test
    void zeroTakesFreePortsThatDiffer() {
        assertThat(PortPlan.parse("0").ports().values()).doesNotHaveDuplicates().hasSize(Listener.values().length);
    }

    @Test
    void nonsenseIsRefusedWithWhatWasExpected() {
        assertThatThrownBy(() -> PortPlan.parse("70000")).hasMessageContaining("--ports: 70000 (expected: 0 to");
        assertThatThrownBy(() -> PortPlan.parse("web=80")).hasMessageContaining("expected: one of command, query");
        assertThatThrownBy(() -> PortPlan.parse("command=7002")).hasMessageContaining("a different port for each");
    }

    @Test
    void everyTakenPortIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PortPlan plan = PortPlan.parse("0,http=" + taken.getLocalPort());
            assertThatThrownBy(plan::requireFree)
                    .isInstanceOf(CannotRun.class)
                    .hasMessageContaining(taken.getLocalPort() + " (http)");
        }
    }
}
