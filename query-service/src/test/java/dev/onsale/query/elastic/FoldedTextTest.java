package dev.onsale.query.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.query.elastic.FoldedText.Range;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FoldedTextTest {
    @Test
    void foldsLetterByLetterWhatFoldingFoldsAtOnce() {
        for (String text : List.of(
                "",
                "  ",
                "Dvořák  Night ",
                "Straße\tÆon",
                "e\u0301te\u0301",
                "ﬁne \u00A0print",
                "\uD83C\uDFB8 Rock",
                "<b>x</b>")) {
            assertThat(FoldedText.of(text).folded()).isEqualTo(Folding.fold(text));
        }
    }

    @Test
    void findsAWordWhereItWasWritten() {
        assertThat(found("Große  Dvořák Night", "dvorak")).isEqualTo("Dvořák");
        assertThat(found("An e\u0301te\u0301 in Paris", "ete")).isEqualTo("e\u0301te\u0301");
        assertThat(found("Die Straße brennt", "strasse")).isEqualTo("Straße");
        assertThat(found("\uD83C\uDFB8 Rock", "rock")).isEqualTo("Rock");
        assertThat(found("the ﬁne print", "fine")).isEqualTo("ﬁne");
    }

    @Test
    void findsNothingInATextThatIsNotTheOneSearched() {
        assertThat(FoldedText.of("Rock").original("pop", List.of(new Range(0, 3))))
                .isEmpty();
    }

    private static String found(String text, String word) {
        String folded = Folding.fold(text);
        int from = folded.indexOf(word);
        Range range = FoldedText.of(text)
                .original(folded, List.of(new Range(from, from + word.length())))
                .getFirst();
        return text.substring(range.from(), range.to());
    }
}
