package dev.onsale.tools.rush;

import dev.onsale.proto.query.v1.AreaStatuses;
import dev.onsale.proto.query.v1.AvailabilityServiceGrpc;
import dev.onsale.proto.query.v1.BookingRecord;
import dev.onsale.proto.query.v1.BookingSearchServiceGrpc;
import dev.onsale.proto.query.v1.Counts;
import dev.onsale.proto.query.v1.GetAvailabilityRequest;
import dev.onsale.proto.query.v1.GetSeatStatusesRequest;
import dev.onsale.proto.query.v1.SearchBookingsRequest;
import dev.onsale.proto.query.v1.SearchBookingsResponse;
import dev.onsale.proto.query.v1.SeatMapServiceGrpc;
import dev.onsale.proto.query.v1.SectionStatuses;
import dev.onsale.runtime.auth.Role;
import io.grpc.CallCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Compares what the read side answers with PostgreSQL: seats one by one, counts, every booking. */
final class ReadSide {
    private static final int PAGE = 100;

    private final ManagedChannel channel;
    private final CallCredentials support;
    private final String event;

    ReadSide(Wire wire, String event) {
        this.channel = wire.query();
        this.support = wire.as("rush-support", Role.SUPPORT);
        this.event = event;
    }

    /** Where they differ, one line each. A read side that can't answer now is a difference too: it may answer later. */
    List<String> differences(EventBooks books) {
        List<String> found = new ArrayList<>();
        try {
            compareSeats(books, found);
            compareCounts(books, found);
            compareBookings(books, found);
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.UNAVAILABLE) {
                throw e;
            }
            found.add("the read side does not answer: " + e.getStatus());
        }
        return found;
    }

    private void compareSeats(EventBooks books, List<String> found) {
        var answer = SeatMapServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .getSeatStatuses(
                        GetSeatStatusesRequest.newBuilder().setEventId(event).build());
        Map<Integer, Integer> shown = new HashMap<>();
        answer.getSectionsList().forEach(section -> unpack(section, shown));
        books.seats().forEach((ordinal, status) -> {
            Integer bits = shown.get(ordinal);
            if (bits == null || bits != bits(status)) {
                found.add("ordinal " + ordinal + " is " + status + ", the read side shows " + bits);
            }
        });
        for (AreaStatuses area : answer.getAreasList()) {
            if (area.getSold() != books.areas().getOrDefault(area.getAreaId(), -1) || area.getHeld() != 0) {
                found.add("area " + area.getAreaId() + " sold " + books.areas().get(area.getAreaId())
                        + ", the read side shows " + area.getSold() + " and " + area.getHeld() + " held");
            }
        }
    }

    private static void unpack(SectionStatuses section, Map<Integer, Integer> shown) {
        for (int i = 0; i < section.getLength(); i++) {
            int bits = section.getPacked().byteAt(i / 4) >> (i % 4 * 2) & 3;
            shown.put(section.getFirstOrdinal() + i, bits);
        }
    }

    private static int bits(String status) {
        return switch (status) {
            case "available" -> 0;
            case "held" -> 1;
            case "reserved", "sold" -> 2;
            default -> 3;
        };
    }

    private void compareCounts(EventBooks books, List<String> found) {
        Counts total = AvailabilityServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .getAvailability(
                        GetAvailabilityRequest.newBuilder().setEventId(event).build())
                .getTotal();
        if (total.getSold() != books.sold() || total.getHeld() != 0) {
            found.add("sold " + books.sold() + ", availability shows " + total.getSold() + " and " + total.getHeld()
                    + " held");
        }
    }

    private void compareBookings(EventBooks books, List<String> found) {
        Map<UUID, String> shown = new HashMap<>();
        String page = "";
        do {
            SearchBookingsResponse answer = search(page);
            answer.getBookingsList().forEach(booking -> shown.put(id(booking), status(booking)));
            page = answer.getNextPageToken();
        } while (!page.isEmpty());
        books.bookings().forEach((booking, status) -> {
            String other = shown.remove(booking);
            if (!status.equals(other)) {
                found.add("booking " + booking + " is " + status + ", the read side says " + other);
            }
        });
        shown.keySet().forEach(booking -> found.add("booking " + booking + " is only on the read side"));
    }

    private SearchBookingsResponse search(String page) {
        return BookingSearchServiceGrpc.newBlockingStub(channel)
                .withCallCredentials(support)
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .searchBookings(SearchBookingsRequest.newBuilder()
                        .setEventId(event)
                        .setPageSize(PAGE)
                        .setPageToken(page)
                        .build());
    }

    private static UUID id(BookingRecord booking) {
        return UUID.fromString(booking.getBookingId());
    }

    private static String status(BookingRecord booking) {
        return booking.getStatus().name().replace("BOOKING_STATUS_", "").toLowerCase(Locale.ROOT);
    }
}
