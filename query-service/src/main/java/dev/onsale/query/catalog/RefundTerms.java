package dev.onsale.query.catalog;

import com.google.protobuf.util.Durations;
import dev.onsale.proto.catalog.v1.RefundPolicy;
import dev.onsale.proto.catalog.v1.RefundWindow;
import dev.onsale.query.catalog.EventDocument.RefundDocument;
import dev.onsale.query.catalog.EventDocument.RefundWindowDocument;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says on what terms tickets may be given back. */
final class RefundTerms {
    /** Where nobody has set any: all of it, until the event begins. */
    private static final RefundDocument HOUSE =
            new RefundDocument(0, List.of(new RefundWindowDocument(0, 0, 0, false)));

    private RefundTerms() {}

    static RefundPolicy of(EventDocument event) {
        RefundDocument refund = event.refund() == null ? HOUSE : event.refund();
        RefundPolicy.Builder policy = RefundPolicy.newBuilder().setVersion(refund.version());
        refund.windows().forEach(window -> policy.addWindows(window(window, event.currency())));
        return policy.build();
    }

    private static RefundWindow window(RefundWindowDocument window, @Nullable String currency) {
        RefundWindow.Builder message = RefundWindow.newBuilder()
                .setClosesBefore(Durations.fromMillis(window.closesMs()))
                .setFeeBasisPoints(window.feeBp())
                .setKeepsFee(window.keepsFee());
        if (currency != null) {
            message.setFeePerTicket(EventSummaries.money(window.feeMinor(), currency));
        }
        return message.build();
    }
}
