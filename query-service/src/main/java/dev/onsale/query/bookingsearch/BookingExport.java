package dev.onsale.query.bookingsearch;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.json.JsonData;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.proto.query.v1.ExportBookingsRequest;
import dev.onsale.proto.query.v1.ExportBookingsResponse;
import dev.onsale.proto.query.v1.SearchBookingsRequest;
import dev.onsale.query.audit.AccessLog;
import dev.onsale.query.audit.PageSeal;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.rpc.ReplyStream;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends any number of bookings, few exports at a time. */
final class BookingExport {
    private final BookingIndex index;
    private final AccessLog access;
    private final AskedQuestion asked;
    private final PageSeal seal;
    private final int most;
    private final AtomicInteger running = new AtomicInteger();

    BookingExport(BookingIndex index, AccessLog access, AskedQuestion asked, PageSeal seal, int most) {
        this.index = index;
        this.access = access;
        this.asked = asked;
        this.seal = seal;
        this.most = most;
    }

    /** Starts one; throws INVALID_FIELD, or OVERLOADED if too many run. */
    void start(Call call, ExportBookingsRequest request, ReplyStream<ExportBookingsResponse> replies) {
        SearchBookingsRequest search = request.getSearch();
        if (search.getPageSize() != 0 || !search.getPageToken().isEmpty()) {
            throw Refusal.invalid("search", "can't ask for a page");
        }
        PageSeal.Owner owner = new PageSeal.Owner(
                "resume_token",
                call.account(),
                request.toBuilder().clearResumeToken().build());
        JsonArray place = request.getResumeToken().isEmpty()
                ? new JsonArray().add(System.currentTimeMillis()).add(new JsonArray())
                : seal.open(owner, request.getResumeToken());
        long until = place.getLong(0);
        Query query = madeUntil(until, BookingFilter.of(search));
        ExportRun run = new ExportRun(
                index,
                access,
                sort -> seal.seal(owner, new JsonArray().add(until).add(SortValues.toJson(sort))),
                new ExportRun.Question(
                        call,
                        asked.of(search)
                                .put("resumed", !request.getResumeToken().isEmpty()),
                        query,
                        request.getRevealReason()),
                replies);
        if (running.incrementAndGet() > most) {
            running.decrementAndGet();
            throw Refusal.of(ErrorReason.ERROR_REASON_OVERLOADED, "Too many exports run here")
                    .retryAfter(Duration.ofSeconds(5));
        }
        replies.onClose(() -> {
            running.decrementAndGet();
            run.over();
        });
        run.begin(SortValues.fromJson(place.getJsonArray(1)));
    }

    /** Without this an export of a busy sale would never end. */
    private static Query madeUntil(long until, Query search) {
        return Query.of(query -> query.bool(bool -> bool.filter(search)
                .filter(made -> made.range(
                        range -> range.untyped(time -> time.field("created_at").lte(JsonData.of(until)))))));
    }
}
