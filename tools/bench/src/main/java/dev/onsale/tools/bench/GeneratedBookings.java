package dev.onsale.tools.bench;

import dev.onsale.query.bookingsearch.BookingDocument;
import dev.onsale.query.bookingsearch.BookingFacts;
import dev.onsale.query.elastic.BulkWriter;
import dev.onsale.query.elastic.Document;
import dev.onsale.query.elastic.Elastic;
import dev.onsale.query.elastic.ElasticConfig;
import dev.onsale.query.elastic.IndexKind;
import dev.onsale.query.elastic.WriteOutcome;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Bookings that nobody made, as many as wanted, straight into the index. The same number is always the same booking, so that a
 * search for one can be made up without having written it down.
 */
final class GeneratedBookings {
    private static final int BATCH = 2_000;
    private static final int EVENTS = 200;
    private static final int MOST_TRIES = 100;
    private static final long FIRST_DAY = 1_700_000_000_000L;
    private static final long MILLIS_APART = 20_000;
    private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final List<String> FIRST = List.of(
            "Anna",
            "Björn",
            "Chiara",
            "Dmitri",
            "Élodie",
            "Fatima",
            "Gustavo",
            "Hélène",
            "Ingrid",
            "João",
            "Katarzyna",
            "Lars",
            "Mehmet",
            "Nadia",
            "Oliver",
            "Priya",
            "Quentin",
            "Rosa",
            "Søren",
            "Tomás",
            "Ursula",
            "Viktor",
            "Wanda",
            "Xavier",
            "Yasmin",
            "Zoë");
    private static final List<String> STEMS = List.of(
            "Ander", "Berg", "Carl", "Dahl", "Eriks", "Fischer", "Gonzal", "Hoff", "Ivers", "Jansen", "Keller", "Linde",
            "Martin", "Novak", "Olsen", "Peters", "Quist", "Richter", "Schmidt", "Thomas", "Ulrich", "Vogel", "Wagner",
            "Young", "Zimmer");
    private static final List<String> ENDINGS =
            List.of("", "son", "mann", "ez", "sen", "ström", "hofer", "stein", "wood", "field", "ova", "ić");

    private final int count;

    GeneratedBookings(int count) {
        this.count = count;
    }

    int count() {
        return count;
    }

    /** The booking of a number below {@link #count}. */
    static BookingFacts facts(int number) {
        SplittableRandom random = new SplittableRandom(number);
        String name = pick(random, FIRST) + " " + pick(random, STEMS) + pick(random, ENDINGS);
        int event = random.nextInt(EVENTS);
        int section = 101 + random.nextInt(60);
        char row = (char) ('A' + random.nextInt(26));
        int seat = 1 + random.nextInt(30);
        List<String> places = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            places.add(section + "-" + row + "-" + (seat + i));
        }
        long made = FIRST_DAY + number * MILLIS_APART;
        return new BookingFacts(
                new UUID(0x0b00_0000_0000_4000L, 0x8000_0000_0000_0000L | number),
                reference(number),
                new UUID(0x0e00_0000_0000_4000L, 0x8000_0000_0000_0000L | event),
                "The " + pick(new SplittableRandom(event), STEMS) + " Tour " + event,
                random.nextInt(20) == 0 ? "cancelled" : "confirmed",
                null,
                "account-" + number,
                name,
                "fan." + number + "@example.org",
                String.format(Locale.ROOT, "+49 151 %08d", number),
                places,
                List.of(),
                4_708L * places.size(),
                "EUR",
                0,
                new UUID(0x0f00_0000_0000_4000L, 0x8000_0000_0000_0000L | number),
                made,
                made + 3_000,
                null,
                1);
    }

    private static String reference(int number) {
        StringBuilder text = new StringBuilder("B-");
        long mixed = ((number * 2_654_435_761L) & 0xFFFF_FFFFL) | ((long) (number & 0xFF) << 32);
        for (int i = 0; i < 8; i++) {
            if (i == 4) {
                text.append('-');
            }
            text.append(LETTERS.charAt((int) ((mixed >> (5 * i)) & 31)));
        }
        return text.toString();
    }

    private static String pick(SplittableRandom random, List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    /**
     * Writes them all into the index behind the alias that searches read, and waits until they can be found; those that a run before
     * has written are still there. Blocks.
     */
    void write(Vertx vertx, int port) throws IOException, InterruptedException {
        ElasticConfig config = new ElasticConfig(
                URI.create("http://127.0.0.1:" + port), Optional.empty(), "", Duration.ofSeconds(60), 4);
        try (Elastic elastic = Elastic.open(vertx, config)) {
            if (writtenBefore(elastic)) {
                return;
            }
            BulkWriter writer = new BulkWriter(elastic, elastic.live());
            for (int from = 0; from < count; from += BATCH) {
                List<Document> batch = new ArrayList<>();
                for (int number = from; number < Math.min(count, from + BATCH); number++) {
                    batch.add(BookingDocument.of(facts(number)).toDocument());
                }
                write(writer, batch);
            }
            String index = elastic.live().name(IndexKind.BOOKINGS);
            elastic.patient().indices().refresh(refresh -> refresh.index(index));
        }
    }

    /** They are written in order: the last is there when all are. */
    private boolean writtenBefore(Elastic elastic) throws IOException {
        String last = BookingDocument.of(facts(count - 1)).toDocument().id();
        return elastic.blocking()
                .exists(get ->
                        get.index(elastic.live().name(IndexKind.BOOKINGS)).id(last))
                .value();
    }

    private static void write(BulkWriter writer, List<Document> batch) throws IOException, InterruptedException {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            List<WriteOutcome> outcomes = writer.write(batch);
            if (outcomes.stream().allMatch(WriteOutcome.Written.class::isInstance)) {
                return;
            }
            for (WriteOutcome outcome : outcomes) {
                if (outcome instanceof WriteOutcome.Refused refused) {
                    throw new IOException("A generated booking is refused: " + refused.cause());
                }
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        throw new IOException("Elasticsearch takes no bookings");
    }
}
