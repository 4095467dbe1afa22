package dev.onsale.query.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import co.elastic.clients.elasticsearch._types.FieldValue;
import dev.onsale.runtime.error.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;

class FoldingTest {
    @Test
    void knowsNoAccentsAndNoCase() {
        assertThat(Folding.fold("  Žižkov   ŁÓDŹ ")).isEqualTo("zizkov lodz");
        assertThat(Folding.fold("Straße Ærø Œuvre Þór")).isEqualTo("strasse aero oeuvre thor");
        assertThat(Folding.fold("e\u0301")).isEqualTo("e");
        assertThat(Folding.fold("a\u200bb\u0000c")).isEqualTo("a b c");
        assertThat(Folding.fold("東京 2030")).isEqualTo("東京 2030");
    }

    @Test
    void pageTokenFitsItsQuestionOnly() {
        List<FieldValue> sort = List.of(FieldValue.of(1.5), FieldValue.of(42L), FieldValue.of("id"));
        String token = PageToken.encode("q", sort);

        assertThat(PageToken.decode("q", token, 3).stream().map(FieldValue::_get))
                .containsExactly(1.5, 42L, "id");
        assertThat(PageToken.decode("q", "", 3)).isEmpty();
        assertThatThrownBy(() -> PageToken.decode("other", token, 3)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> PageToken.decode("q", token, 2)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> PageToken.decode("q", "%%%", 3)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> PageToken.decode("q", "bm8", 3)).isInstanceOf(Refusal.class);
    }
}
