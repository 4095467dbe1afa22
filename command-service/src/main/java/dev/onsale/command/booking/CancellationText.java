package dev.onsale.command.booking;

import dev.onsale.command.mail.Html;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words of the letter about a cancellation. */
final class CancellationText {
    private final BookingRow booking;
    private final CancellationRow given;
    private final String show;

    CancellationText(BookingRow booking, CancellationRow given, String show) {
        this.booking = booking;
        this.given = given;
        this.show = show;
    }

    /** One line, whatever the event is called. */
    String subject() {
        String what = given.lines().isEmpty() ? "Your refund for " : "Your tickets for ";
        String end = given.lines().isEmpty() ? " (" : " were given back (";
        return (what + show + end + booking.reference() + ")").replaceAll("\\p{Cntrl}", " ");
    }

    String plain() {
        return "Hello %s,\n\n%s\n".formatted(booking.contactName(), paragraphs().collect(Collectors.joining("\n\n")));
    }

    String html() {
        return "<p>Hello " + Html.escape(booking.contactName()) + ",</p>"
                + paragraphs()
                        .map(Html::escape)
                        .map(each -> "<p>" + each.replace("\n", "<br>") + "</p>")
                        .collect(Collectors.joining());
    }

    private Stream<String> paragraphs() {
        return Stream.of(opening(), places(), money(), rest()).filter(each -> !each.isEmpty());
    }

    private String opening() {
        String of = "of your booking " + booking.reference() + " for " + show;
        if (given.lines().isEmpty()) {
            return "some of the money " + of + " goes back to you.";
        }
        return given.cause().equals(CancellationOrder.BY_EVENT)
                ? show + " was cancelled. These tickets " + of + " are not valid any more:"
                : "these tickets " + of + " were given back and are not valid any more:";
    }

    private String places() {
        return given.lines().stream()
                .map(line -> "  " + line.getString("place") + "   " + refund(line))
                .collect(Collectors.joining("\n"));
    }

    private String refund(JsonObject line) {
        long kept = line.getLong("kept");
        return amount(line.getLong("refund")) + " of " + amount(line.getLong("price"))
                + (kept == 0 ? "" : ", " + amount(kept) + " are kept");
    }

    private String money() {
        return given.refund() == 0
                ? "There is nothing to pay back."
                : amount(given.refund()) + " go back to the means of payment you used. That can take some days.";
    }

    private String rest() {
        boolean some = booking.items().stream().anyMatch(item -> item.getString("ticket") != null);
        return some && !given.lines().isEmpty() ? "The other tickets of the booking stay valid." : "";
    }

    private String amount(long minor) {
        int digits = Currency.getInstance(given.currency()).getDefaultFractionDigits();
        return BigDecimal.valueOf(minor, digits).toPlainString() + " " + given.currency();
    }
}
