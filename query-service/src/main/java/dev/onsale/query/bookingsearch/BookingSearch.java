package dev.onsale.query.bookingsearch;

import co.elastic.clients.elasticsearch._types.SortOptions;
import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Operator;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.onsale.proto.booking.v1.BookingStatus;
import dev.onsale.proto.query.v1.SearchBookingsRequest;
import dev.onsale.query.elastic.Folding;
import dev.onsale.query.elastic.IndexKind;
import dev.onsale.query.elastic.Page;
import dev.onsale.query.elastic.Searches;
import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;

/** Finds bookings by all that is given, newest first. */
final class BookingSearch {
    private static final List<SortOptions> NEWEST_FIRST = List.of(
            SortOptions.of(by -> by.field(field -> field.field("created_at").order(SortOrder.Desc))),
            SortOptions.of(by -> by.field(field -> field.field("booking_id").order(SortOrder.Desc))));

    private final Searches searches;

    BookingSearch(Searches searches) {
        this.searches = searches;
    }

    Future<Page<BookingDocument>> find(SearchBookingsRequest request) {
        SearchBookingsRequest question =
                request.toBuilder().clearPageSize().clearPageToken().build();
        return searches.ask(
                new Searches.Question(
                        IndexKind.BOOKINGS,
                        question.toString(),
                        query(request),
                        NEWEST_FIRST,
                        request.getPageSize(),
                        request.getPageToken()),
                BookingDocument.class);
    }

    private static Query query(SearchBookingsRequest request) {
        BoolQuery.Builder query = new BoolQuery.Builder();
        query.filter(all -> all.matchAll(any -> any));
        if (!request.getReference().isEmpty()) {
            query.filter(reference -> reference.prefix(
                    prefix -> prefix.field("reference_key").value(BookingRows.referenceKey(request.getReference()))));
        }
        if (!request.getEmail().isBlank()) {
            query.filter(term("email_key", BookingRows.emailKey(request.getEmail())));
        }
        String words = Folding.fold(request.getName());
        if (!words.isEmpty()) {
            query.filter(name -> name.match(match -> match.field("name_words")
                    .query(words)
                    .operator(Operator.And)
                    .fuzziness("AUTO")
                    .maxExpansions(50)));
        }
        if (!request.getEventId().isEmpty()) {
            query.filter(term("event_id", request.getEventId().toLowerCase(Locale.ROOT)));
        }
        if (request.getStatus() != BookingStatus.BOOKING_STATUS_UNSPECIFIED) {
            query.filter(term("status", status(request.getStatus())));
        }
        return query.build()._toQuery();
    }

    private static Query term(String field, String value) {
        return Query.of(query -> query.term(term -> term.field(field).value(value)));
    }

    private static String status(BookingStatus status) {
        return status.name().substring("BOOKING_STATUS_".length()).toLowerCase(Locale.ROOT);
    }
}
