package dev.onsale.command.presale;

import static dev.onsale.command.presale.PresaleHouse.seats;
import static dev.onsale.proto.presale.v1.PresaleAccess.PRESALE_ACCESS_CODE_AND_LIST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.command.CommandServer;
import dev.onsale.proto.presale.v1.Presale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An account is forgotten in presales too. */
class PresaleTracesIT {
    @RegisterExtension
    static final CommandServer server = CommandServer.on(CommandServer.stores());

    private final PresaleHouse house = new PresaleHouse(server);

    @Test
    void takesAnAccountOffListsAndKeepsTheCountOfUses() throws Exception {
        String event = house.event();
        Presale presale = house.presale(event, PRESALE_ACCESS_CODE_AND_LIST);
        house.list(presale, "ann", "bob");
        String code = house.code(presale, 1);
        house.hold("ann", seats(event, code, "A-1-2"));
        Pepper pepper = Pepper.open(PresaleConfig.from(server.config()).pepperFile());
        var database = server.database().await(20, TimeUnit.SECONDS);
        var traces = new PresaleTraces(database, pepper);

        assertThat(traces.forget("ann", "erased-1").await(20, TimeUnit.SECONDS)).isEqualTo(3);
        assertThat(traces.forget("ann", "erased-1").await(20, TimeUnit.SECONDS)).isZero();
        database.close().await(20, TimeUnit.SECONDS);

        for (String table : new String[] {"presale_fans", "presale_uses", "presale_holds"}) {
            assertThat(server.select("SELECT count(*) FROM " + table + " WHERE fan = '" + pepper.fan("ann") + "'"))
                    .isEqualTo("0");
        }
        assertThat(house.read(presale).getStatistics().getUses()).isEqualTo(1);
        assertThat(house.refused("bob", seats(event, code, "A-1-3")).metadata()).containsEntry("cause", "used_up");
    }
}
