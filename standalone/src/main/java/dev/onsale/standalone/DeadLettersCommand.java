package dev.onsale.standalone;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import dev.onsale.proto.query.v1.DeadLetter;
import dev.onsale.proto.query.v1.ListDeadLettersRequest;
import dev.onsale.proto.query.v1.ListDeadLettersResponse;
import dev.onsale.proto.query.v1.ProjectionAdminServiceGrpcClient;
import dev.onsale.proto.query.v1.RetryDeadLettersRequest;
import dev.onsale.proto.query.v1.RetryDeadLettersResponse;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.auth.TokenIssuer;
import dev.onsale.runtime.rpc.RpcClient;
import dev.onsale.runtime.rpc.RpcClientConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the changes that could not be projected, and has them projected again, by a running {@code up}. */
@Command(
        name = "dead-letters",
        description = "Lists the changes that could not be projected, or projects them again.",
        mixinStandardHelpOptions = true)
final class DeadLettersCommand implements Runnable {

    private static final int SECONDS = 120;
    private static final int PAGE = 500;
    private static final String LINE = "%-26s %5s %7s  %-20s  %-40s  %s%n";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getErr());
        }
    }

    /** What both have in common. */
    static final class Common {
        @Mixin
        private DataOption data = new DataOption();

        @Option(names = "--shard", paramLabel = "N", description = "Those of this shard only.")
        private @Nullable Integer shard;

        @Option(names = "--json", description = "Print one JSON object.")
        private boolean json;

        <T> T ask(Function<RpcClient, T> question) throws TimeoutException {
            Endpoints endpoints = Endpoints.read(data.folder());
            String operator = TokenIssuer.open(data.issuer())
                    .issue("onsale-dead-letters", Set.of(Role.OPERATOR), Duration.ofMinutes(5));
            Vertx vertx = Vertx.vertx();
            try {
                RpcClientConfig query = new RpcClientConfig(
                        "query",
                        "127.0.0.1",
                        endpoints.port(Listener.QUERY),
                        Duration.ofSeconds(SECONDS),
                        Duration.ofSeconds(1));
                return question.apply(RpcClient.create(vertx, query, () -> Future.succeededFuture(operator)));
            } finally {
                vertx.close().await(SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    @Command(description = "Lists them, oldest first, shard by shard.", mixinStandardHelpOptions = true)
    int list(@Mixin Common common) throws TimeoutException, InvalidProtocolBufferException {
        ListDeadLettersResponse all = common.ask(client -> all(client, common.shard));
        if (common.json) {
            out().println(JsonFormat.printer().omittingInsignificantWhitespace().print(all));
        } else {
            table(all.getDeadLettersList());
            out().printf("%d dead letters%n", all.getTotal());
        }
        out().flush();
        return 0;
    }

    @Command(
            description = "Projects them again: those named, those of a shard, or all.",
            mixinStandardHelpOptions = true)
    int retry(
            @Mixin Common common,
            @Option(names = "--id", paramLabel = "ID", description = "This one; may be repeated.") @Nullable List<String> ids)
            throws TimeoutException, InvalidProtocolBufferException {
        RetryDeadLettersRequest.Builder request = RetryDeadLettersRequest.newBuilder();
        if (common.shard != null) {
            request.setShard(common.shard);
        }
        if (ids != null) {
            request.addAllDeadLetterIds(ids);
        }
        RetryDeadLettersResponse retried = common.ask(client -> retried(client, request.build()));
        if (common.json) {
            out().println(JsonFormat.printer().omittingInsignificantWhitespace().print(retried));
        } else {
            table(retried.getFailedList());
            out().printf(
                            "%d retried, %d projected, %d failed again%s%n",
                            retried.getRetried(),
                            retried.getProjected(),
                            retried.getRetried() - retried.getProjected(),
                            retried.getMore() ? "; there are more, call again" : "");
        }
        out().flush();
        return retried.getRetried() == retried.getProjected() ? 0 : 1;
    }

    private static ListDeadLettersResponse all(RpcClient client, @Nullable Integer shard) {
        ListDeadLettersResponse.Builder all = ListDeadLettersResponse.newBuilder();
        List<DeadLetter> letters = new ArrayList<>();
        String token = "";
        do {
            ListDeadLettersRequest.Builder request =
                    ListDeadLettersRequest.newBuilder().setPageSize(PAGE).setPageToken(token);
            if (shard != null) {
                request.setShard(shard);
            }
            ListDeadLettersResponse page = client.call(
                            ProjectionAdminServiceGrpcClient.ListDeadLetters, request.build())
                    .await();
            letters.addAll(page.getDeadLettersList());
            all.setTotal(page.getTotal());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return all.addAllDeadLetters(letters).build();
    }

    private static RetryDeadLettersResponse retried(RpcClient client, RetryDeadLettersRequest request) {
        return client.call(ProjectionAdminServiceGrpcClient.RetryDeadLetters, request)
                .await();
    }

    private void table(List<DeadLetter> letters) {
        if (letters.isEmpty()) {
            return;
        }
        out().printf(LINE, "ID", "SHARD", "RETRIES", "SINCE", "ABOUT", "REASON");
        for (DeadLetter letter : letters) {
            out().printf(
                            LINE,
                            letter.getDeadLetterId(),
                            letter.getShard(),
                            letter.getRetries(),
                            Timestamps.toString(Timestamps.fromSeconds(
                                    letter.getCreateTime().getSeconds())),
                            about(letter),
                            letter.getReason());
        }
    }

    private static String about(DeadLetter letter) {
        String kind = letter.getChangeMap().getOrDefault("kind", "?");
        String id =
                letter.getChangeMap().getOrDefault("id", letter.getChangeMap().getOrDefault("event", ""));
        return kind + " " + id;
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec, "set by picocli").commandLine().getOut();
    }
}
