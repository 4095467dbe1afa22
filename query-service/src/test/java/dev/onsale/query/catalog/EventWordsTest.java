package dev.onsale.query.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.onsale.proto.query.v1.TextPart;
import dev.onsale.query.catalog.EventDocument.LocalDay;
import dev.onsale.query.catalog.EventDocument.Point;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EventWordsTest {
    @Test
    void saysOnWhichDayOfTheVenueAnEventBegins() {
        assertThat(day("2030-06-15T06:30:00Z", "America/Los_Angeles")).isEqualTo("2030-06-14 2030-06 FRIDAY");
        assertThat(day("2030-06-14T11:30:00Z", "Pacific/Apia")).isEqualTo("2030-06-15 2030-06 SATURDAY");
        assertThat(day("2030-10-26T22:30:00Z", "Europe/Berlin")).startsWith("2030-10-27"); // Summer: two hours ahead.
        assertThat(day("2030-10-27T22:30:00Z", "Europe/Berlin")).startsWith("2030-10-27"); // Winter: one hour ahead.
        assertThat(day("2030-10-27T23:00:00Z", "Europe/Berlin")).startsWith("2030-10-28");
        assertThat(day("2030-12-31T23:30:00Z", "UTC")).startsWith("2030-12-31 2030-12");
    }

    @Test
    void measuresAcrossTheDateLine() {
        Point suva = new Point(-18.14, 178.44);
        Point apia = new Point(-13.83, -171.77);

        assertThat(Distance.km(suva, apia)).isCloseTo(1146, within(15.0));
        assertThat(Distance.km(suva, suva)).isZero();
        assertThat(Distance.km(new Point(90, 0), new Point(-90, 0))).isCloseTo(20_015, within(1.0));
    }

    @Test
    void callsFewWhatIsFewAndNothingOnlyNothing() {
        LeftRule rule = new LeftRule(5, 50);

        assertThat(rule.of(0, 50_000)).isEqualTo(Left.NOTHING);
        assertThat(rule.of(1, 50_000)).isEqualTo(Left.FEW);
        assertThat(rule.of(2499, 50_000)).isEqualTo(Left.FEW);
        assertThat(rule.of(2500, 50_000)).isEqualTo(Left.ENOUGH);
        assertThat(rule.of(49, 500)).isEqualTo(Left.FEW);
        assertThat(rule.of(50, 500)).isEqualTo(Left.ENOUGH);
        assertThat(rule.of(40, 40)).isEqualTo(Left.ENOUGH); // A small hall does not begin with few left.
        assertThat(rule.of(9, 40)).isEqualTo(Left.FEW);
    }

    @Test
    void givesBackTheWholeTextInParts() {
        String name = "A <script>alert(1)</script> Night";

        List<TextPart> parts = MatchedWords.parts(
                name,
                MatchedWords.ranges(name, marked("a <script>alert(1)<", "/script> ", "night", "")),
                0,
                name.length());

        assertThat(parts).extracting(TextPart::getText).containsExactly("A <script>alert(1)</script> ", "Night");
        assertThat(parts).extracting(TextPart::getMatched).containsExactly(false, true);
        assertThat(MatchedWords.parts(name, List.of(), 0, name.length())).isEmpty();
    }

    private static List<String> marked(String before, String more, String word, String after) {
        return List.of(before + more + '\uE000' + word + '\uE001' + after);
    }

    private static String day(String instant, String zone) {
        LocalDay day = LocalDay.of(Instant.parse(instant).toEpochMilli(), zone);
        return day.date() + " " + day.month() + " " + day.weekday();
    }
}
