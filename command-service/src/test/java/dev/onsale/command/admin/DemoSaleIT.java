package dev.onsale.command.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.command.CommandServer;
import dev.onsale.demo.DemoSale;
import dev.onsale.demo.Stadium;
import dev.onsale.proto.catalog.v1.Event;
import dev.onsale.proto.catalog.v1.EventState;
import dev.onsale.runtime.auth.Role;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DemoSaleIT {
    @RegisterExtension
    static final CommandServer server = CommandServer.on(CommandServer.stores());

    @Test
    void putsFiftyThousandSeatsOnSaleOnceHoweverOftenItIsStarted() throws TimeoutException {
        Event first = start();
        Event again = start();

        assertThat(first.getState()).isEqualTo(EventState.EVENT_STATE_ON_SALE);
        assertThat(first.getCapacity()).isEqualTo(Stadium.SEATS + Stadium.FLOOR_CAPACITY);
        assertThat(again.getEventId()).isEqualTo(first.getEventId());
        String event = " WHERE event_id = '" + first.getEventId() + "'";
        assertThat(server.select("SELECT count(*) FROM seats" + event)).isEqualTo("50000");
        assertThat(server.select("SELECT count(*) FROM seats" + event + " AND kind = 1"))
                .isEqualTo("80");
        assertThat(server.select("SELECT count(DISTINCT price_tier_id) FROM seats" + event))
                .isEqualTo("3");
        assertThat(server.select("SELECT epoch FROM events WHERE id = '" + first.getEventId() + "'"))
                .isEqualTo("1");
    }

    private static Event start() throws TimeoutException {
        GrpcClient client = GrpcClient.client(
                server.vertx(),
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
        SocketAddress address = SocketAddress.inetSocketAddress(server.running().grpcPort(), "127.0.0.1");
        return DemoSale.start(client, address, server.token(Role.OPERATOR, "olga"))
                .await(90, TimeUnit.SECONDS);
    }
}
