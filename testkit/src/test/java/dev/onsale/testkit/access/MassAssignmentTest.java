package dev.onsale.testkit.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.onsale.proto.access.v1.AccessRow;
import dev.onsale.proto.access.v1.Audience;
import dev.onsale.proto.access.v1.Role;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Nothing that only we decide (what it costs, whose it is, how it stands) is a field of a request that fans can send. */
class MassAssignmentTest {
    /** Words in the names of fields that only we set. */
    private static final Pattern OURS =
            Pattern.compile("(^|.*_)(status|statuses|state|price|prices|amount|total|fee|fees|tax"
                    + "|refund|refunded|account|user|owner|buyer|role|roles|version|epoch|fence|currency|discount|limit|position"
                    + "|priority|score|step|entry|paid|verified|admitted|time|expires)(_.*|$)");

    /** Fields with such a name that are none of those, and why. */
    private static final Map<String, String> HARMLESS = Map.ofEntries(
            Map.entry(
                    "onsale.booking.v1.CreateBookingRequest.fence",
                    "compared with the hold's, refused if it is another"),
            Map.entry("onsale.booking.v1.CancelBookingRequest.refund", "refused from whoever is the buyer"),
            Map.entry("onsale.booking.v1.ListRefundsRequest.state", "a filter"),
            Map.entry("onsale.inventory.v1.BestAvailable.price_tiers", "a filter"),
            Map.entry("onsale.ticket.v1.TransferTicketRequest.recipient_account", "who gets what the caller gives"),
            Map.entry("onsale.partner.v1.ListChangesRequest.limit", "how many at once"),
            Map.entry("onsale.query.v1.ListMyBookingsRequest.statuses", "a filter"),
            Map.entry("onsale.query.v1.SearchEventsRequest.currency", "a filter"),
            Map.entry("onsale.query.v1.SearchEventsRequest.min_price", "a filter"),
            Map.entry("onsale.query.v1.SearchEventsRequest.max_price", "a filter"),
            Map.entry("onsale.query.v1.SearchEventsRequest.from_time", "a filter"),
            Map.entry("onsale.query.v1.SearchEventsRequest.to_time", "a filter"),
            Map.entry("onsale.query.v1.GetAvailabilityRequest.min_version", "how new the answer must be"),
            Map.entry("onsale.query.v1.GetSeatStatusesRequest.min_version", "how new the answer must be"),
            Map.entry("onsale.query.v1.WatchSeatStatusesRequest.resume_version", "from where to go on"),
            Map.entry("onsale.waitingroom.v1.VerifyPositionRequest.entry", "which of the published entries to prove"));

    @Test
    void fansSetNothingThatOnlyWeDecide() {
        Set<String> found = Contracts.methods().stream()
                .filter(MassAssignmentTest::fansMayCall)
                .flatMap(method -> AccessTableTest.fields(method.getInputType()).stream())
                .filter(field -> OURS.matcher(field.getName()).matches())
                .map(FieldDescriptor::getFullName)
                .collect(Collectors.toSet());

        assertThat(found)
                .as("fields of fans' requests that look like ours to decide; those that are not stand in HARMLESS")
                .containsExactlyInAnyOrderElementsOf(HARMLESS.keySet());
    }

    private static boolean fansMayCall(MethodDescriptor method) {
        AccessRow row = Contracts.row(method);
        List<Role> fans = List.of(Role.ROLE_FAN, Role.ROLE_PARTNER);
        return row.getOpenTo() != Audience.AUDIENCE_UNSPECIFIED
                || fans.stream()
                        .anyMatch(role -> row.getOwnList().contains(role)
                                || row.getAnyList().contains(role)
                                || row.getOthersList().contains(role));
    }
}
