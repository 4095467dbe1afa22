package dev.onsale.command.presale;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.redis.Redis;
import dev.onsale.runtime.redis.Script;
import dev.onsale.runtime.rpc.Call;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Counts wrong codes of an account and of an address: after some, none is looked at for a while. */
final class CodeTries {
    private static final Script TRY = Script.load(CodeTries.class, "/redis/presale/try_code.lua");

    private final Redis redis;
    private final Pepper pepper;
    private final PresaleConfig config;

    CodeTries(Redis redis, Pepper pepper, PresaleConfig config) {
        this.redis = redis;
        this.pepper = pepper;
        this.config = config;
    }

    /**
     * Looks a code up. A try is taken before, so that many calls at once are not more tries, and given back if the code is
     * right or could not be looked at.
     *
     * @param look answers whether the code is right
     * @return what it answers; fails with RATE_LIMITED, or DEPENDENCY_UNAVAILABLE while Redis is away
     */
    Future<Boolean> looked(Call call, Supplier<Future<Boolean>> look) {
        String account = "fan:" + pepper.fan(call.account());
        String address = "address:" + pepper.address(call.peer());
        return take(account, config.triesAnAccount())
                .compose(taken -> take(address, config.triesAnAddress())
                        .recover(refused -> giveBack(account).compose(back -> Future.failedFuture(refused))))
                .compose(taken -> look.get().transform(looked -> {
                    boolean wrong = looked.succeeded() && !looked.result();
                    return wrong
                            ? Future.succeededFuture(false)
                            : giveBack(account)
                                    .compose(back -> giveBack(address))
                                    .compose(back -> answer(looked));
                }));
    }

    private static Future<Boolean> answer(AsyncResult<Boolean> looked) {
        return looked.succeeded() ? Future.succeededFuture(looked.result()) : Future.failedFuture(looked.cause());
    }

    private Future<Void> take(String who, int most) {
        return run(who, "take", most)
                .compose(reply -> reply.getFirst().equals("WAIT")
                        ? Refusal.of(ErrorReason.ERROR_REASON_RATE_LIMITED, "Too many wrong presale codes")
                                .retryAfter(Duration.ofMillis(Long.parseLong(reply.getLast())))
                                .future()
                        : Future.succeededFuture());
    }

    private Future<Void> giveBack(String who) {
        return run(who, "return", 0).mapEmpty();
    }

    private Future<List<String>> run(String who, String what, int most) {
        List<String> arguments = List.of(
                what, Integer.toString(most), Long.toString(config.triesWindow().toMillis()));
        return TRY.run(redis, List.of("presale-tries:{" + who + "}"), arguments)
                .map(reply -> reply.stream().map(String::valueOf).toList());
    }
}
