package dev.onsale.command.postponement;

import dev.onsale.command.mail.Html;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The words of the mail that says an event was put off. */
final class PostponementText {
    private final Postponement postponement;
    private final Addressee addressee;

    PostponementText(Postponement postponement, Addressee addressee) {
        this.postponement = postponement;
        this.addressee = addressee;
    }

    /** One line, whatever the event is called. */
    String subject() {
        String what = postponement.newDate() == null ? " is postponed" : " has a new date";
        return (postponement.eventName() + what + " (" + addressee.reference() + ")").replaceAll("\\p{Cntrl}", " ");
    }

    String plain() {
        return String.join("\n\n", paragraphs()) + "\n";
    }

    String html() {
        return paragraphs().stream()
                .map(paragraph -> "<p>" + Html.escape(paragraph).replace("\n", "<br>") + "</p>")
                .collect(Collectors.joining("\n"));
    }

    private List<String> paragraphs() {
        String hello = addressee.name().isEmpty() ? "Hello," : "Hello " + addressee.name() + ",";
        return List.of(
                hello,
                "%s in %s, %s, was put off: %s"
                        .formatted(
                                postponement.eventName(),
                                postponement.venue(),
                                postponement.city(),
                                postponement.reason()),
                "Before: %s\nNow: %s".formatted(date(postponement.oldDate()), date(postponement.newDate())),
                "%s stays as it is, and the codes of the tickets are good for the new date: there is nothing you have to do."
                        .formatted((addressee.buyer() ? "Your booking " : "Your ticket ") + addressee.reference()),
                addressee.buyer()
                        ? optOut()
                        : "Money for it goes back to who bought it, and only if that person asks for it.");
    }

    private String optOut() {
        String until = postponement.words(postponement.optOutUntil());
        return postponement.newDate() == null
                ? "If you would rather have your money back, cancel: you get all of it, until %s, and as long as no date is told."
                        .formatted(until)
                : "If you can't come, cancel until %s: you get all of your money back.".formatted(until);
    }

    private String date(@Nullable Instant date) {
        return date == null ? "to be announced" : postponement.words(date);
    }
}
