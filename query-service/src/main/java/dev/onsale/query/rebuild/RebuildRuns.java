package dev.onsale.query.rebuild;

import com.google.protobuf.util.Timestamps;
import dev.onsale.proto.query.v1.RebuildRun;
import dev.onsale.query.stream.Replies;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.redis.Redis;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.Map;
import java.util.Optional;

/** Rebuilds that calls have begun: the last one is told of by any node. Blocks: for virtual threads. */
public final class RebuildRuns {
    private static final String KEY = "onsale:query:rebuild:run";
    private static final int LONGEST_FAILURE = 500;

    private final Redis redis;
    private final Rebuild rebuild;
    private final String node;

    /**
     * Rebuilds of this node.
     *
     * @param redis the connection
     * @param rebuild does it
     * @param node this node
     */
    public RebuildRuns(Redis redis, Rebuild rebuild, String node) {
        this.redis = redis;
        this.rebuild = rebuild;
        this.node = node;
    }

    /**
     * Begins a rebuild, which goes on after this has answered.
     *
     * @param requestId the same again begins nothing new
     * @return the rebuild; fails with OVERLOADED if one is under way already
     */
    public RebuildRun start(String requestId) {
        Optional<RebuildRun> last = stored();
        if (last.isPresent() && last.get().getRequestId().equals(requestId)) {
            return get();
        }
        rebuild.take();
        RebuildRun run = RebuildRun.newBuilder()
                .setRequestId(requestId)
                .setState(RebuildRun.State.STATE_RUNNING)
                .setNode(node)
                .setStartTime(Timestamps.fromMillis(System.currentTimeMillis()))
                .build();
        store(run);
        Thread.ofVirtual().name("rebuild").start(() -> run(run));
        return run;
    }

    /**
     * Tells about the last rebuild.
     *
     * @return fails with RESOURCE_NOT_FOUND if there was none
     */
    public RebuildRun get() {
        RebuildRun run = stored().orElseThrow(() -> Refusal.notFound("rebuild"));
        boolean abandoned = run.getState() == RebuildRun.State.STATE_RUNNING && !rebuild.underWay();
        return abandoned
                ? run.toBuilder()
                        .setState(RebuildRun.State.STATE_FAILED)
                        .setFailure("its node is gone")
                        .build()
                : run;
    }

    private void run(RebuildRun begun) {
        RebuildRun.Builder run = begun.toBuilder();
        try {
            Rebuild.Report report = rebuild.runTaken();
            run.setState(RebuildRun.State.STATE_DONE)
                    .setEvents(report.events())
                    .setSeatBlocks(report.seatBlocks())
                    .setBookings(report.bookings());
        } catch (Exception failure) {
            String text = String.valueOf(failure.getMessage());
            run.setState(RebuildRun.State.STATE_FAILED)
                    .setFailure(text.substring(0, Math.min(LONGEST_FAILURE, text.length())));
        }
        store(run.setEndTime(Timestamps.fromMillis(System.currentTimeMillis())).build());
    }

    private void store(RebuildRun run) {
        redis.send(Request.cmd(Command.HSET)
                        .arg(KEY)
                        .arg("request_id")
                        .arg(run.getRequestId())
                        .arg("state")
                        .arg(run.getStateValue())
                        .arg("node")
                        .arg(run.getNode())
                        .arg("start")
                        .arg(Timestamps.toMillis(run.getStartTime()))
                        .arg("end")
                        .arg(run.hasEndTime() ? Timestamps.toMillis(run.getEndTime()) : 0)
                        .arg("failure")
                        .arg(run.getFailure())
                        .arg("events")
                        .arg(run.getEvents())
                        .arg("seat_blocks")
                        .arg(run.getSeatBlocks())
                        .arg("bookings")
                        .arg(run.getBookings()))
                .await();
    }

    private Optional<RebuildRun> stored() {
        Map<String, String> fields = redis.send(Command.HGETALL, KEY)
                .compose(reply -> Future.succeededFuture(reply == null ? Map.<String, String>of() : Replies.map(reply)))
                .await();
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        RebuildRun.Builder run = RebuildRun.newBuilder()
                .setRequestId(fields.getOrDefault("request_id", ""))
                .setStateValue(Integer.parseInt(fields.getOrDefault("state", "0")))
                .setNode(fields.getOrDefault("node", ""))
                .setStartTime(Timestamps.fromMillis(number(fields, "start")))
                .setFailure(fields.getOrDefault("failure", ""))
                .setEvents(number(fields, "events"))
                .setSeatBlocks(number(fields, "seat_blocks"))
                .setBookings(number(fields, "bookings"));
        if (number(fields, "end") > 0) {
            run.setEndTime(Timestamps.fromMillis(number(fields, "end")));
        }
        return Optional.of(run.build());
    }

    private static long number(Map<String, String> fields, String name) {
        return Long.parseLong(fields.getOrDefault(name, "0"));
    }
}
