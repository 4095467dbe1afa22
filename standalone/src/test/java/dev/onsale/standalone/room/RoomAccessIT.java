package dev.onsale.standalone.room;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.onsale.testkit.access.AccessCalls;
import dev.onsale.testkit.access.ForeignIds;
import dev.onsale.testkit.access.ForeignIds.Owner;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nobody reaches a place in line that is somebody else's, whatever method they try. */
class RoomAccessIT {
    @RegisterExtension
    static final RoomHouse HOUSE = RoomHouse.withNodes(1);

    @Test
    void aPlaceTicketOfSomebodyElseIsWorthAsMuchAsAForgedOne() {
        // Given
        String event = HOUSE.event(10);
        HOUSE.operator(0).configure(event, room -> room);
        Owner alice = owner("alice", event);
        Owner bob = owner("bob", event);
        String ticket = alice.thing("place_ticket");
        List<String> forged = List.of("none", "A" + ticket.substring(1), ticket.substring(0, ticket.length() - 2));
        try (AccessCalls calls = new AccessCalls(HOUSE.vertx(), HOUSE.roomPort(0))) {
            List<MethodDescriptor> served = calls.served();
            ForeignIds foreign = new ForeignIds(calls, HOUSE.tokens()::of, alice, bob, Map.of("place_ticket", forged));

            // When
            List<String> reached = foreign.wronglyReached(served);

            // Then
            assertThat(reached).isEmpty();
            assertThat(foreign.compared()).isEqualTo(5 * 2 * forged.size());
            assertThat(HOUSE.guest("alice", 0).position(ticket).getEntry()).isEqualTo(1);
            assertThat(foreign.wronglyHidden(served)).isEmpty();
        }
    }

    private static Owner owner(String account, String event) {
        return new Owner(
                account,
                Map.of("place_ticket", HOUSE.guest(account, 0).join(event).getPlaceTicket()));
    }
}
