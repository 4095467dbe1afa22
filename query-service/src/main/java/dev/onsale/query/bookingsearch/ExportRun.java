package dev.onsale.query.bookingsearch;

import co.elastic.clients.elasticsearch._types.FieldValue;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import dev.onsale.proto.query.v1.ExportBookingsResponse;
import dev.onsale.query.audit.AccessLog;
import dev.onsale.query.audit.AccessRecord;
import dev.onsale.query.bookingsearch.BookingIndex.Slice;
import dev.onsale.query.bookingsearch.BookingIndex.Wanted;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.rpc.ReplyStream;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;

/**
 * One export: reads the next slice when the one before has gone out, so that it never holds more than one. Confined to the
 * event loop of its call.
 */
final class ExportRun {
    private static final int SLICE = 200;

    private final BookingIndex index;
    private final AccessLog access;
    private final Function<List<FieldValue>, String> token;
    private final Question question;
    private final ReplyStream<ExportBookingsResponse> replies;
    private List<FieldValue> after = List.of();
    private long sent;
    private boolean waiting;
    private boolean begun;
    private boolean recordedEnd;

    ExportRun(
            BookingIndex index,
            AccessLog access,
            Function<List<FieldValue>, String> token,
            Question question,
            ReplyStream<ExportBookingsResponse> replies) {
        this.index = index;
        this.access = access;
        this.token = token;
        this.question = question;
        this.replies = replies;
    }

    /**
     * What is exported.
     *
     * @param call who asks
     * @param asked the search, as it is recorded
     * @param query the search
     * @param reason why unmasked; empty: masked
     */
    record Question(Call call, JsonObject asked, Query query, String reason) {}

    /** Begins behind these sort values, when that is recorded. */
    void begin(List<FieldValue> place) {
        after = place;
        replies.onDrain(this::drained);
        record("begin").onFailure(replies::fail).onSuccess(recorded -> {
            begun = true;
            if (replies.closed()) {
                over(); // Its reader left while it was being recorded.
            } else {
                next();
            }
        });
    }

    /** The stream is over: if it was not at its end, that is recorded now. */
    void over() {
        if (begun && !recordedEnd) {
            recordedEnd = true;
            record("cut");
        }
    }

    private void next() {
        if (replies.closed()) {
            return;
        }
        if (replies.full()) {
            waiting = true;
            return;
        }
        index.now(new Wanted(question.query, SortValues.OLDEST_FIRST, after, SLICE, false))
                .onFailure(replies::fail)
                .onSuccess(this::send);
    }

    private void drained() {
        if (waiting) {
            waiting = false;
            next();
        }
    }

    private void send(Slice slice) {
        if (replies.closed()) {
            return;
        }
        if (slice.bookings().isEmpty()) {
            end();
            return;
        }
        after = slice.sorts().getLast();
        sent += slice.bookings().size();
        replies.write(message(slice));
        if (slice.bookings().size() < SLICE) {
            end();
        } else {
            next();
        }
    }

    private ExportBookingsResponse message(Slice slice) {
        ExportBookingsResponse.Builder message =
                ExportBookingsResponse.newBuilder().setResumeToken(token.apply(after));
        for (BookingDocument booking : slice.bookings()) {
            message.addBookings(
                    question.reason.isEmpty() ? BookingRecords.masked(booking) : BookingRecords.whole(booking));
        }
        return message.build();
    }

    private void end() {
        recordedEnd = true;
        record("end").onFailure(replies::fail).onSuccess(recorded -> replies.end());
    }

    private Future<Void> record(String stage) {
        JsonObject asked = question.asked.copy().put("export", stage);
        return access.write(AccessRecord.of(question.call, asked, List.of(), sent, question.reason));
    }
}
