package dev.onsale.payment.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.payment.provider.ProviderOutcome;
import dev.onsale.payment.provider.ProviderOutcome.Approved;
import dev.onsale.payment.provider.ProviderOutcome.Declined;
import dev.onsale.payment.provider.ProviderOutcome.Failed;
import dev.onsale.payment.provider.ProviderPage;
import dev.onsale.payment.provider.ProviderPage.Found;
import dev.onsale.payment.provider.ProviderPayment;
import dev.onsale.payment.provider.ProviderView;
import dev.onsale.payment.provider.ProviderView.Standing;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatorBankTest {
    @TempDir
    Path folder;

    private final UUID payment = UUID.randomUUID();
    private SimulatorBank bank;

    @BeforeEach
    void open() throws IOException {
        bank = SimulatorBank.open(folder.resolve("bank/ledger.jsonl"), Clock.systemUTC(), line -> {});
    }

    @AfterEach
    void close() throws IOException {
        bank.close();
    }

    @Test
    void movesMoneyOnceHoweverOftenAKeyIsUsed() throws IOException {
        for (int i = 0; i < 3; i++) {
            assertThat(authorize("a", "tok_approve")).isInstanceOf(Approved.class);
            assertThat(order(BankVerb.CAPTURE, 0, "c")).isInstanceOf(Approved.class);
            assertThat(order(BankVerb.REFUND, 30, "r1")).isInstanceOf(Approved.class);
            assertThat(order(BankVerb.REFUND, 70, "r2")).isInstanceOf(Approved.class);
            assertThat(order(BankVerb.REFUND, 1, "r3")).isEqualTo(new Declined("more_than_left"));
        }
        assertThat(view())
                .extracting(ProviderView::capturedMinor, ProviderView::refundedMinor)
                .containsExactly(100L, 100L);
        assertThat(lines()).hasSize(5);
    }

    @Test
    void aVoidBeforeTheAuthorizationWins() {
        assertThat(order(BankVerb.VOID, 0, "v")).isInstanceOf(Approved.class);
        assertThat(authorize("a", "tok_approve")).isEqualTo(new Declined("voided"));
        assertThat(order(BankVerb.CAPTURE, 0, "c")).isEqualTo(new Declined("not_authorized"));
        assertThat(view().standing()).isEqualTo(Standing.VOIDED);
    }

    @Test
    void capturedMoneyIsNotVoided() {
        authorize("a", "tok_approve");
        order(BankVerb.CAPTURE, 0, "c");
        assertThat(order(BankVerb.VOID, 0, "v")).isEqualTo(new Declined("captured"));
        assertThat(view().standing()).isEqualTo(Standing.CAPTURED);
    }

    @Test
    void keepsAnErrorUnderItsKeyWhenToldTo() {
        assertThat(authorize("a-1", "tok_sticky_500_x")).isEqualTo(new Failed("error_500"));
        assertThat(authorize("a-1", "tok_sticky_500_x")).isEqualTo(new Failed("error_500"));
        assertThat(view().standing()).isEqualTo(Standing.ABSENT);
        assertThat(authorize("a-2", "tok_sticky_500_x")).isInstanceOf(Approved.class);
    }

    @Test
    void knowsAfterARestartWhatItKnewBefore() throws IOException {
        authorize("a", "tok_approve");
        order(BankVerb.CAPTURE, 0, "c");
        order(BankVerb.REFUND, 30, "r");
        ProviderView before = view();
        long bytes = bank.ledger().durableBytes();

        bank.close();
        Files.writeString(bank.ledger().path(), "{\"seq\":4,\"cut sho", StandardOpenOption.APPEND);
        open();

        assertThat(view()).isEqualTo(before);
        assertThat(bank.ledger().durableBytes()).isEqualTo(bytes);
        assertThat(order(BankVerb.REFUND, 30, "r")).isInstanceOf(Approved.class);
        assertThat(view()).isEqualTo(before);
        assertThat(order(BankVerb.REFUND, 70, "r2")).isInstanceOf(Approved.class);
        assertThat(lines()).hasSize(4);
    }

    @Test
    void writesManyOrdersInOrder() throws IOException {
        List<Future<ProviderOutcome>> answers = IntStream.range(0, 1000)
                .mapToObj(i -> bank.order(BankOrder.authorize(payment(UUID.randomUUID(), "tok_approve"), "k" + i)))
                .toList();
        answers.forEach(answer -> assertThat(get(answer)).isInstanceOf(Approved.class));
        assertThat(lines()).hasSize(1000);
        assertThat(LedgerEntry.parse(lines().getLast()).seq()).isEqualTo(1000);
    }

    @Test
    void choosesTheBehaviourByTheLongestName() {
        assertThat(Behaviour.of("tok_decline_insufficient_funds_7")).isEqualTo(Behaviour.DECLINE_INSUFFICIENT_FUNDS);
        assertThat(Behaviour.of("tok_decline_7")).isEqualTo(Behaviour.DECLINE);
        assertThat(Behaviour.of("tok_approve")).isEqualTo(Behaviour.APPROVE);
        assertThat(Behaviour.of("tok_approved")).isEqualTo(Behaviour.INVALID);
    }

    @Test
    void listsWhatItHasPageByPage() {
        Instant before = Instant.now().minusSeconds(1);
        List<UUID> made = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            UUID each = UUID.randomUUID();
            made.add(each);
            get(bank.order(BankOrder.authorize(payment(each, "tok_approve"), "k" + i)));
        }
        List<UUID> listed = new ArrayList<>();
        String after = "";
        do {
            ProviderPage page = get(bank.list(before, Instant.now().plusSeconds(1), after));
            page.found().stream().map(Found::payment).forEach(listed::add);
            after = page.next();
        } while (!after.isEmpty());
        assertThat(listed).isEqualTo(made);
        assertThat(get(bank.list(before.minusSeconds(9), before, "")).found()).isEmpty();
    }

    private static ProviderPayment payment(UUID id, String token) {
        return new ProviderPayment(id, UUID.randomUUID(), 100, "EUR", token, "");
    }

    private ProviderOutcome authorize(String key, String token) {
        return get(bank.order(BankOrder.authorize(payment(payment, token), key)));
    }

    private ProviderOutcome order(BankVerb verb, long amount, String key) {
        return get(bank.order(BankOrder.of(verb, payment, amount, key)));
    }

    private ProviderView view() {
        return get(bank.query(payment));
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(bank.ledger().path());
    }

    private static <T> T get(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
