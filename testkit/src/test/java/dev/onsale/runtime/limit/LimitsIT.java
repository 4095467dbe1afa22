package dev.onsale.runtime.limit;

import static dev.onsale.runtime.limit.LimitedServer.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.embedded.StoreKind;
import dev.onsale.runtime.limit.LimitedClient.Answer;
import dev.onsale.testkit.TestStores;
import dev.onsale.testkit.TestTokens;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Limits in front of real servers, with a real Redis that is there, away, or stuck. */
@ExtendWith(VertxExtension.class)
class LimitsIT {

    @RegisterExtension
    static final TestStores stores = TestStores.exclusive(StoreKind.REDIS);

    private static final TestTokens TOKENS = TestTokens.create();
    private static final String NEVER = "0.001";
    private static final String HERE = "203.0.113.1";
    private static final String ELSEWHERE = "198.51.100.1";

    private final List<LimitedServer> nodes = new ArrayList<>();
    private Vertx vertx;

    @BeforeEach
    void empty(Vertx own) {
        vertx = own;
        stores.redis().flush();
    }

    @AfterEach
    void stop() {
        nodes.forEach(LimitedServer::close);
    }

    /** Nobody is exempt and every caller says where it comes from; buckets are large and don't fill again unless told. */
    private LimitedServer node(Map<String, String> settings, Dimension... dimensions) {
        var values = new HashMap<String, String>();
        for (var bucket : List.of("address", "network", "account", "other-account")) {
            values.put("limits." + bucket + ".rate", NEVER);
            values.put("limits." + bucket + ".burst", "100000");
        }
        values.put("limits.exempt", "none");
        values.put("limits.redis-timeout", "2s"); // The machine may be slow.
        values.put("rpc.trusted-proxies", "127.0.0.0/8");
        values.putAll(stores.settings());
        values.putAll(TOKENS.settings());
        values.putAll(settings);
        var node = new LimitedServer(vertx, values, dimensions);
        nodes.add(node);
        Awaitility.await().until(() -> {
            var up = node.meters.find("onsale.redis.connected").gauge();
            return up != null && up.value() == 1;
        });
        return node;
    }

    private static List<Answer> times(int calls, Supplier<Future<Answer>> call) {
        return IntStream.range(0, calls).mapToObj(i -> await(call.get())).toList();
    }

    private static List<String> reasons(List<Answer> answers) {
        return answers.stream().map(Answer::reason).toList();
    }

    private static List<String> passedThenLimited(int passed, int limited) {
        return Stream.concat(
                        Collections.nCopies(passed, "OK").stream(),
                        Collections.nCopies(limited, "RATE_LIMITED").stream())
                .toList();
    }

    /**
     * Thirty connections to three nodes ask as fast as they can for eight seconds. What passed must be the burst and what came
     * back meanwhile, to 1 %: from the first call to the first refusal after all the others had ended.
     */
    @Test
    void isExactToOnePercentOverThreeNodesAndThirtyConnections() {
        int rate = 60;
        int burst = 200;
        var settings = Map.of("limits.address.rate", "" + rate, "limits.address.burst", "" + burst);
        var passed = new AtomicInteger();
        var refused = new AtomicInteger();
        var over = new AtomicBoolean();
        var latestBegin = new AtomicLong();
        var three = List.of(node(settings), node(settings), node(settings));
        for (var node : three) {
            var client = node.client();
            times(300, () -> client.getEvent(ELSEWHERE)); // What is cold could not ask fast enough.
        }
        var loops = new ArrayList<Future<Void>>();
        long begun = System.nanoTime();
        for (var node : three) {
            for (int connection = 0; connection < 10; connection++) {
                var client = node.client();
                loops.add(loop(client, over, passed, refused, latestBegin));
            }
        }
        vertx.setTimer(8_000, id -> over.set(true));
        loops.forEach(LimitedServer::await);
        var last = three.getFirst().client();
        long earliestEnd = System.nanoTime();
        while (await(last.getEvent(HERE)).ok()) {
            passed.incrementAndGet();
            earliestEnd = System.nanoTime();
        }
        long latestEnd = System.nanoTime();

        double least = burst + rate * (earliestEnd - latestBegin.get()) / 1e9;
        double most = burst + rate * (latestEnd - begun) / 1e9;
        System.out.printf("passed %d, refused %d, due %.1f to %.1f%n", passed.get(), refused.get(), least, most);
        assertThat(passed.get()).isBetween((int) Math.floor(least * 0.99), (int) Math.ceil(most * 1.01));
        assertThat(refused.get()).isGreaterThan(passed.get());
    }

    private static Future<Void> loop(
            LimitedClient client,
            AtomicBoolean over,
            AtomicInteger passed,
            AtomicInteger refused,
            AtomicLong latestBegin) {
        return client.getEvent(HERE).compose(answer -> {
            latestBegin.compareAndSet(0, System.nanoTime());
            (answer.ok() ? passed : refused).incrementAndGet();
            return over.get() ? Future.succeededFuture() : loop(client, over, passed, refused, latestBegin);
        });
    }

    @Test
    void chargesEachOfSixtyMessagesOfOneCall() {
        var node = node(Map.of("limits.address.burst", "100"));
        var client = node.client();

        var first = await(client.importMap(60, HERE));
        var second = await(client.importMap(60, HERE));

        assertThat(first.ok()).isTrue();
        assertThat(first.remaining()).isEqualTo("40");
        assertThat(second.reason()).isEqualTo("RATE_LIMITED");
        assertThat(node.executions).hasValue(100);
    }

    @Test
    void tellsHowMuchIsLeftAndHowLongToWait() throws InterruptedException {
        var client = node(Map.of("limits.account.rate", "2", "limits.account.burst", "3"))
                .client();
        var token = TOKENS.fan("waiting");

        var answers = times(4, () -> client.getHold(token, HERE));

        assertThat(answers).extracting(Answer::remaining).startsWith("2").contains("0");
        assertThat(answers).extracting(Answer::dimension).containsOnly("account");
        var refusal = answers.getLast().refused();
        assertThat(refusal.reasonName()).isEqualTo("RATE_LIMITED");
        assertThat(refusal.metadata()).containsEntry("dimension", "account").containsEntry("remaining", "0");
        assertThat(refusal.retryAfter()).isPositive();
        Thread.sleep(refusal.retryAfter());
        assertThat(await(client.getHold(token, HERE)).reason()).isEqualTo("OK");
    }

    @Test
    void limitsAnAccountWhereverItCallsFromAndWhicheverNode() {
        var settings = Map.of("limits.account.burst", "4");
        var one = node(settings).client();
        var other = node(settings).client();
        var token = TOKENS.fan("everywhere");

        var answers = new ArrayList<>(times(2, () -> one.getHold(token, HERE)));
        answers.addAll(times(3, () -> other.getHold(token, ELSEWHERE)));

        assertThat(reasons(answers)).isEqualTo(passedThenLimited(4, 1));
        assertThat(await(one.getHold(TOKENS.fan("somebody-else"), HERE)).ok()).isTrue();
    }

    @Test
    void limitsAnAddressAndItsNetwork() {
        var client = node(Map.of("limits.address.burst", "3", "limits.network.burst", "5"))
                .client();

        var one = times(4, () -> client.getEvent("203.0.113.1"));
        var neighbour = times(3, () -> client.getEvent("203.0.113.2"));
        var stranger = times(3, () -> client.getEvent("203.0.114.1"));

        assertThat(reasons(one)).isEqualTo(passedThenLimited(3, 1));
        assertThat(one.getLast().dimension()).isEqualTo("address");
        assertThat(reasons(neighbour)).isEqualTo(passedThenLimited(2, 1));
        assertThat(neighbour.getLast().dimension()).isEqualTo("network");
        assertThat(reasons(stranger)).isEqualTo(passedThenLimited(3, 0));
    }

    @Test
    void takesAllIPv6AddressesOfA64AsOneNetwork() {
        var client = node(Map.of("limits.network.burst", "3")).client();

        var answers = IntStream.rangeClosed(1, 4)
                .mapToObj(i -> await(client.getEvent("2001:db8:1:2:" + i + "::" + i)))
                .toList();

        assertThat(reasons(answers)).isEqualTo(passedThenLimited(3, 1));
    }

    @Test
    void dearMethodsTakeMore() {
        var client = node(Map.of("limits.address.burst", "10", "limits.weights", "CatalogQueryService/GetEvent=4"))
                .client();

        assertThat(reasons(times(3, () -> client.getEvent(HERE)))).isEqualTo(passedThenLimited(2, 1));
        assertThat(await(client.importMap(2, HERE)).remaining()).isEqualTo("0");
    }

    @Test
    void limitsByWhateverElseItIsTold() {
        Dimension device = call -> {
            var id = call.header("x-device");
            return id == null ? new Bucket("device", "none", new Rate(0.001, 2)) : null;
        };
        var client = node(Map.of(), device).client();

        var answers = times(3, () -> client.getEvent(HERE));

        assertThat(reasons(answers)).isEqualTo(passedThenLimited(2, 1));
        assertThat(answers.getLast().refused().metadata()).containsEntry("dimension", "device");
    }

    @Test
    void aNodeThatKnowsABucketIsEmptyDoesNotAskRedis() {
        var node = node(Map.of("limits.address.burst", "2"));
        var client = node.client();

        assertThat(reasons(times(12, () -> client.getEvent(HERE)))).isEqualTo(passedThenLimited(2, 10));

        assertThat(node.count("onsale.limit.refusals", "by", "redis")).isEqualTo(1);
        assertThat(node.count("onsale.limit.refusals", "by", "node", "dimension", "address"))
                .isEqualTo(9);
        assertThat(node.count("onsale.limit.passed", "by", "redis")).isEqualTo(2);
    }

    @Test
    void methodsAnsweredFromMemoryAskOnlyTheNode() {
        var settings = Map.of("limits.address.burst", "2", "limits.in-node", "CatalogQueryService/GetEvent");
        var one = node(settings);
        var other = node(settings);

        var oneClient = one.client();
        assertThat(reasons(times(3, () -> oneClient.getEvent(HERE)))).isEqualTo(passedThenLimited(2, 1));
        var otherClient = other.client();
        assertThat(reasons(times(3, () -> otherClient.getEvent(HERE)))).isEqualTo(passedThenLimited(2, 1));
        assertThat(stores.redis().command("DBSIZE")).isEqualTo(":0");
    }

    @Test
    void badTokensAreLimitedBeforeTheyAreVerified() {
        var node = node(Map.of("limits.unproven.rate", NEVER, "limits.unproven.burst", "5"));
        var client = node.client();
        var known = TOKENS.fan("known");
        assertThat(await(client.getHold(known, HERE)).ok()).isTrue();

        var answers = times(8, () -> client.getHold(forged(), HERE));

        assertThat(reasons(answers))
                .isEqualTo(Stream.concat(
                                Collections.nCopies(5, "TOKEN_INVALID").stream(),
                                Collections.nCopies(3, "RATE_LIMITED").stream())
                        .toList());
        assertThat(answers.getLast().refused().retryAfter()).isPositive();
        // Even a good one would have to be verified; one that was verified before needs no work.
        assertThat(await(client.getHold(TOKENS.fan("new"), HERE)).reason()).isEqualTo("RATE_LIMITED");
        assertThat(await(client.getHold(known, HERE)).reason()).isEqualTo("OK");
        assertThat(await(client.getHold(TOKENS.fan("new"), ELSEWHERE)).reason()).isEqualTo("OK");
        assertThat(await(client.getEvent(HERE)).reason()).isEqualTo("OK");
        assertThat(node.count("onsale.limit.refusals", "dimension", "unproven")).isEqualTo(4);
    }

    private static String forged() {
        var token = TOKENS.fan(UUID.randomUUID().toString());
        return token.substring(0, token.length() - 8) + "AAAAAAAA";
    }

    @Test
    void callsWithoutATokenAndWithTheWrongRoleCountAsUnproven() {
        var client = node(Map.of("limits.unproven.rate", NEVER, "limits.unproven.burst", "2"))
                .client();

        assertThat(await(client.getHold("", HERE)).reason()).isEqualTo("TOKEN_INVALID");
        assertThat(await(client.getHold(TOKENS.operator("op"), HERE)).reason()).isEqualTo("ROLE_REQUIRED");
        assertThat(await(client.getHold("", HERE)).reason()).isEqualTo("RATE_LIMITED");
    }

    @Test
    void anAddressThatOnlyTheCallerTellsOfIsNotBelieved() {
        var client = node(Map.of("limits.address.burst", "2", "rpc.trusted-proxies", "10.0.0.0/8"))
                .client();

        var answers = IntStream.rangeClosed(1, 3)
                .mapToObj(i -> await(client.getEvent("203.0.113." + i)))
                .toList();

        assertThat(reasons(answers)).isEqualTo(passedThenLimited(2, 1));
    }

    @Test
    void whatStandsLeftOfTheLastTrustedProxyIsNotBelieved() {
        var client = node(Map.of("limits.address.burst", "2")).client();

        var answers = IntStream.rangeClosed(1, 3)
                .mapToObj(i -> await(client.getEvent("198.51.100." + i + ", " + HERE, "127.0.0.2")))
                .toList();

        assertThat(reasons(answers)).isEqualTo(passedThenLimited(2, 1));
    }

    @Test
    void loopbackIsExemptUnlessToldOtherwise() {
        var client =
                node(Map.of("limits.exempt", "", "limits.address.burst", "1")).client();

        var answers = times(5, client::getEvent);

        assertThat(reasons(answers)).containsOnly("OK");
        assertThat(answers).extracting(Answer::remaining).containsOnly("null");
        assertThat(reasons(times(2, () -> client.getEvent(HERE)))).isEqualTo(passedThenLimited(1, 1));
    }

    @Test
    void withoutRedisCallsPassIfThatIsThePolicy() {
        var node = node(Map.of("limits.address.burst", "2", "limits.without-redis", "allow"));

        assertThat(reasons(withRedisStopped(node, 5))).containsOnly("OK");
        assertThat(node.count("onsale.limit.without.redis", "policy", "allow")).isEqualTo(5);
    }

    @Test
    void withoutRedisANodeGivesItsPartIfThatIsThePolicy() {
        var node = node(Map.of("limits.address.burst", "9", "limits.nodes", "3"));

        assertThat(reasons(withRedisStopped(node, 5))).isEqualTo(passedThenLimited(3, 2));
        // And it is exact again as soon as Redis is back, which knows of nothing.
        Awaitility.await()
                .until(() -> await(nodes.getFirst().client().getEvent(HERE)).ok());
        assertThat(node.count("onsale.limit.passed", "by", "redis")).isPositive();
    }

    @Test
    void withoutRedisCallsAreRefusedIfThatIsThePolicy() {
        var node = node(Map.of("limits.without-redis", "refuse"));

        assertThat(reasons(withRedisStopped(node, 2))).containsOnly("DEPENDENCY_UNAVAILABLE");
        assertThat(node.executions).hasValue(0);
    }

    private static List<Answer> withRedisStopped(LimitedServer node, int calls) {
        var client = node.client();
        stores.redis().stop();
        try {
            Awaitility.await().until(() -> connected(node) == 0);
            return times(calls, () -> client.getEvent(HERE));
        } finally {
            stores.redis().start();
            Awaitility.await().until(() -> connected(node) == 1);
        }
    }

    private static double connected(LimitedServer node) {
        return node.meters.get("onsale.redis.connected").gauge().value();
    }

    @Test
    void aStuckRedisHoldsUpNobody() {
        var node =
                node(Map.of("limits.redis-timeout", "50ms", "limits.address.burst", "4", "redis.reply-timeout", "60s"));
        var client = node.client();
        stores.redis().pause();
        List<Answer> answers;
        try {
            answers = times(5, () -> client.getEvent(HERE)); // All answered while Redis answers nothing at all.
            assertThat(connected(node)).isEqualTo(1);
        } finally {
            stores.redis().resume();
        }

        assertThat(reasons(answers)).isEqualTo(passedThenLimited(4, 1));
        assertThat(node.count("onsale.limit.without.redis")).isEqualTo(5);
    }
}
