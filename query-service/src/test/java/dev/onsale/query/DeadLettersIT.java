package dev.onsale.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.onsale.embedded.StoreKind;
import dev.onsale.proto.query.v1.DeadLetter;
import dev.onsale.proto.query.v1.GetRebuildRequest;
import dev.onsale.proto.query.v1.ListDeadLettersRequest;
import dev.onsale.proto.query.v1.ListDeadLettersResponse;
import dev.onsale.proto.query.v1.ProjectionAdminServiceGrpcClient;
import dev.onsale.proto.query.v1.RebuildRun;
import dev.onsale.proto.query.v1.RetryDeadLettersRequest;
import dev.onsale.proto.query.v1.RetryDeadLettersResponse;
import dev.onsale.proto.query.v1.StartRebuildRequest;
import dev.onsale.query.elastic.IndexKind;
import dev.onsale.runtime.inventory.SeatStatus;
import dev.onsale.testkit.TestStores;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeadLettersIT {
    @RegisterExtension
    static final TestStores stores =
            ReadSide.migrated(TestStores.with(StoreKind.REDIS, StoreKind.POSTGRES, StoreKind.ELASTICSEARCH));

    private static final String TOO_LONG = "X".repeat(40_000); // Longer than a term of an index may be.

    private static ReadSide side;
    private static Projections projections;
    private static Connection rows;

    @BeforeAll
    static void start() throws SQLException {
        side = new ReadSide(stores);
        projections = new Projections(side);
        rows = stores.connect(stores.postgres().owner());
        await().during(Duration.ofSeconds(1)) // A rebuild has a projector of its own, which would put the same aside.
                .atMost(Projections.LONG)
                .until(() -> !exists("onsale:query:rebuild"));
    }

    private static boolean exists(String key) {
        Response found = side.redis.send(Command.EXISTS, key).await();
        return found != null && found.toInteger() > 0;
    }

    @AfterAll
    static void stop() throws SQLException {
        rows.close();
        projections.close();
        side.close();
    }

    @Test
    void aLetterStaysUntilItsCauseIsMendedAndLeavesWhenItsDocumentIsWritten() throws Exception {
        Sale sale = side.sale("Mended", "Berlin").load();
        UUID booking = sale.booking(TOO_LONG, "Ann", "ann@example.com");
        DeadLetter letter = awaitLetter(booking);
        assertThat(letter.getReason()).contains("400");
        assertThat(letter.getRetries()).isZero();

        DeadLetter failed = retry(letter).getFailedList().getFirst();
        assertThat(failed.getRetries()).isEqualTo(1);
        assertThat(awaitLetter(booking).getRetries()).isEqualTo(1);
        assertThat(side.count(IndexKind.BOOKINGS, sale.eventId)).isZero();

        rename(booking, "MENDED1");
        RetryDeadLettersResponse mended = retry(letter);
        assertThat(mended.getRetried()).isEqualTo(1);
        assertThat(mended.getProjected()).isEqualTo(1);
        assertThat(side.count(IndexKind.BOOKINGS, sale.eventId)).isEqualTo(1);
        assertThat(letters(booking)).isEmpty();
        assertThat(retry(letter).getRetried()).as("again").isZero();
    }

    @Test
    void aLetterThatSomethingNewerHasSupersededLeaves() throws Exception {
        Sale sale = side.sale("Superseded", "Berlin").load();
        UUID booking = sale.booking(TOO_LONG + "2", "Bob", "bob@example.com");
        DeadLetter letter = awaitLetter(booking);
        rename(booking, "MENDED2");
        sale.confirm(booking);
        await().atMost(Projections.LONG).until(() -> side.count(IndexKind.BOOKINGS, sale.eventId) == 1);
        String before = side.documents(IndexKind.BOOKINGS).get(booking.toString());

        assertThat(retry(letter).getProjected()).isEqualTo(1);
        assertThat(letters(booking)).isEmpty();
        assertThat(side.documents(IndexKind.BOOKINGS).get(booking.toString())).isEqualTo(before);
    }

    @Test
    void listsInPagesByShardAndRetriesAllThatCanBeRead() throws Exception {
        Sale sale = side.sale("Poison", "Berlin").load();
        for (int i = 0; i < 7; i++) {
            sale.append(Map.of("kind", "nonsense", "number", Integer.toString(i)));
        }
        sale.seats(SeatStatus.SOLD, 3);
        int shard = sale.keys().shard();
        await().atMost(Projections.LONG).until(() -> nonsense(pages(shard)).size() == 7);
        projections.awaitProjected(List.of(sale));

        List<DeadLetter> found = pages(shard);
        assertThat(new HashSet<>(found.stream().map(DeadLetter::getDeadLetterId).toList()))
                .hasSameSizeAs(found);
        assertThat(found).allMatch(letter -> letter.getShard() == shard);
        assertThat(list(shard, 3, "").getTotal()).isEqualTo(found.size());

        RetryDeadLettersResponse all = projections
                .operator
                .call(
                        ProjectionAdminServiceGrpcClient.RetryDeadLetters,
                        RetryDeadLettersRequest.newBuilder().setShard(shard).build())
                .await();
        assertThat(all.getRetried()).isEqualTo(found.size());
        assertThat(all.getFailedCount()).isGreaterThanOrEqualTo(7);
        assertThat(nonsense(pages(shard))).hasSize(7).allMatch(letter -> letter.getRetries() == 1);
    }

    @Test
    void keepsLettersWhileElasticsearchCanNotTakeThem() throws Exception {
        Sale sale = side.sale("Blocked", "Berlin").load();
        UUID booking = sale.booking(TOO_LONG + "3", "Cy", "cy@example.com");
        DeadLetter letter = awaitLetter(booking);
        rename(booking, "MENDED3");
        String alias = side.elastic.live().name(IndexKind.BOOKINGS);
        block(alias, true);
        try {
            assertThatThrownBy(() -> retry(letter)).hasMessageContaining("elasticsearch");
            assertThat(letters(booking)).hasSize(1).allMatch(kept -> kept.getRetries() == 0);
        } finally {
            block(alias, false);
        }
        assertThat(retry(letter).getProjected()).isEqualTo(1);
    }

    @Test
    void rebuildsOnDemandAndTellsHowItGoes() throws Exception {
        side.sale("Rebuilt", "Berlin").load();
        RebuildRun begun = await().atMost(Projections.LONG) // The one at the start may be under way.
                .ignoreExceptions()
                .until(() -> startRebuild("rebuild-1"), run -> true);
        assertThat(startRebuild("rebuild-1").getStartTime()).isEqualTo(begun.getStartTime());
        RebuildRun done = await().atMost(Projections.LONG)
                .until(DeadLettersIT::lastRebuild, run -> run.getState() != RebuildRun.State.STATE_RUNNING);
        assertThat(done.getState()).as(done.getFailure()).isEqualTo(RebuildRun.State.STATE_DONE);
        assertThat(done.getEvents()).isPositive();
        assertThat(projections.status().getIndexesList())
                .hasSize(4)
                .allMatch(index -> index.getDefinitionVersion() > 0);
    }

    @Test
    void isForOperators() {
        var fan = projections.operator.as(side.fanToken());
        assertThatThrownBy(() -> fan.call(
                                ProjectionAdminServiceGrpcClient.ListDeadLetters,
                                ListDeadLettersRequest.getDefaultInstance())
                        .await())
                .hasMessageContaining("ROLE_REQUIRED");
    }

    private static RebuildRun startRebuild(String id) {
        return projections
                .operator
                .call(
                        ProjectionAdminServiceGrpcClient.StartRebuild,
                        StartRebuildRequest.newBuilder().setRequestId(id).build())
                .await()
                .getRebuild();
    }

    private static RebuildRun lastRebuild() {
        return projections
                .operator
                .call(ProjectionAdminServiceGrpcClient.GetRebuild, GetRebuildRequest.getDefaultInstance())
                .await()
                .getRebuild();
    }

    private static void block(String alias, boolean blocked) throws Exception {
        side.elastic
                .patient()
                .indices()
                .putSettings(put -> put.index(alias)
                        .settings(settings -> settings.blocks(blocks -> blocks.readOnlyAllowDelete(blocked))));
    }

    private static RetryDeadLettersResponse retry(DeadLetter letter) {
        return projections
                .operator
                .call(
                        ProjectionAdminServiceGrpcClient.RetryDeadLetters,
                        RetryDeadLettersRequest.newBuilder()
                                .addDeadLetterIds(letter.getDeadLetterId())
                                .build())
                .await();
    }

    private static DeadLetter awaitLetter(UUID booking) {
        await().atMost(Duration.ofSeconds(60)).until(() -> letters(booking).size() == 1);
        return letters(booking).getFirst();
    }

    private static List<DeadLetter> letters(UUID row) {
        List<DeadLetter> found = new ArrayList<>();
        for (int shard = 0; shard < Sale.SHARDS; shard++) {
            found.addAll(pages(shard));
        }
        return found.stream()
                .filter(letter -> letter.getChangeMap().containsValue(row.toString()))
                .toList();
    }

    private static List<DeadLetter> nonsense(List<DeadLetter> letters) {
        return letters.stream()
                .filter(letter -> letter.getChangeMap().containsKey("number"))
                .toList();
    }

    private static List<DeadLetter> pages(int shard) {
        List<DeadLetter> found = new ArrayList<>();
        String token = "";
        do {
            ListDeadLettersResponse page = list(shard, 3, token);
            found.addAll(page.getDeadLettersList());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return found;
    }

    private static ListDeadLettersResponse list(int shard, int size, String token) {
        return projections
                .operator
                .call(
                        ProjectionAdminServiceGrpcClient.ListDeadLetters,
                        ListDeadLettersRequest.newBuilder()
                                .setShard(shard)
                                .setPageSize(size)
                                .setPageToken(token)
                                .build())
                .await();
    }

    private static void rename(UUID booking, String reference) throws SQLException {
        try (PreparedStatement statement =
                rows.prepareStatement("UPDATE bookings SET reference = ?, version = version + 1 WHERE id = ?")) {
            statement.setString(1, reference);
            statement.setObject(2, booking);
            statement.executeUpdate();
        }
    }
}
