package dev.onsale.runtime.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.runtime.auth.Ability;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every method that a partner may call, and what its key must be made for. */
final class ScopeGuardTest {

    @ParameterizedTest
    @CsvSource({
        "onsale.inventory.v1.HoldService/CreateHold, SELL",
        "onsale.inventory.v1.HoldService/GetHold, READ",
        "onsale.inventory.v1.HoldService/ReleaseHold, SELL",
        "onsale.inventory.v1.HoldService/SwapHold, SELL",
        "onsale.booking.v1.BookingService/CreateBooking, SELL",
        "onsale.booking.v1.BookingService/GetBooking, READ",
        "onsale.booking.v1.BookingService/WatchBooking, READ",
        "onsale.booking.v1.BookingService/CancelBooking, SELL",
        "onsale.booking.v1.RefundService/QuoteRefund, READ",
        "onsale.booking.v1.RefundService/ListCancellations, READ",
        "onsale.ticket.v1.TicketService/ListTickets, READ",
        "onsale.ticket.v1.TicketService/GetTicketDocument, SELL",
        "onsale.ticket.v1.TicketService/TransferTicket, SELL",
        "onsale.query.v1.CatalogQueryService/SearchEvents, READ",
        "onsale.query.v1.AvailabilityService/BatchGetAvailability, READ",
        "onsale.waitingroom.v1.WaitingRoomService/JoinRoom, SELL",
        "onsale.waitingroom.v1.WaitingRoomService/GetPosition, READ",
        "onsale.waitingroom.v1.WaitingRoomService/ClaimAdmission, SELL",
        "onsale.partner.v1.PartnerFeedService/ListChanges, FEED",
        "onsale.partner.v1.PartnerFeedService/WatchChanges, FEED",
        "onsale.partner.v1.PartnerWebhookService/GetWebhook, FEED",
        "onsale.partner.v1.PartnerWebhookService/CreateWebhook, FEED",
        "onsale.unheard.v1.Of/Getaway, SELL",
        "onsale.unheard.v1.Of/Anything, SELL"
    })
    void knowsWhatEachMethodTakes(String method, Ability ability) {
        assertThat(ScopeGuard.abilityFor(method)).isEqualTo(ability);
    }
}
