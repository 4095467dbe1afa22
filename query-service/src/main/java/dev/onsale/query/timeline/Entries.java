package dev.onsale.query.timeline;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.onsale.proto.activity.v1.Activity;
import dev.onsale.proto.payment.v1.Attempt;
import dev.onsale.proto.query.v1.TimelineEntry;
import dev.onsale.proto.query.v1.TimelineSource;
import dev.onsale.query.timeline.Subjects.Booked;
import dev.onsale.runtime.telemetry.Traces;

/** Makes entries. */
final class Entries {
    private Entries() {}

    /** A call. */
    static TimelineEntry of(Activity activity, TimelineSource source) {
        return TimelineEntry.newBuilder()
                .setTime(activity.getTime())
                .setSource(source)
                .setWhat(activity.getMethod())
                .setOutcome(activity.getOutcome())
                .setAccount(activity.getAccount())
                .setEventId(activity.getEventId())
                .setBookingId(activity.getBookingId())
                .setHoldId(activity.getHoldId())
                .setDetail(activity.getDetail())
                .setTraceId(Traces.id(activity.getTrace()))
                .build();
    }

    /** An attempt at a payment. */
    static TimelineEntry of(Attempt attempt, Booked booking) {
        Struct.Builder detail = Struct.newBuilder()
                .putFields("payment", text(booking.paymentId().toString()))
                .putFields(
                        "attempt",
                        Value.newBuilder().setNumberValue(attempt.getNumber()).build());
        if (!attempt.getDetail().isEmpty()) {
            detail.putFields("detail", text(attempt.getDetail()));
        }
        return TimelineEntry.newBuilder()
                .setTime(attempt.getStartTime())
                .setSource(TimelineSource.TIMELINE_SOURCE_PAYMENT)
                .setWhat("payment-" + attempt.getVerb())
                .setOutcome(attempt.getOutcome())
                .setEventId(booking.eventId().toString())
                .setBookingId(booking.id().toString())
                .setDetail(detail)
                .build();
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }
}
