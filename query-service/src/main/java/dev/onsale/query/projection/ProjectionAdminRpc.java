package dev.onsale.query.projection;

import dev.onsale.proto.query.v1.GetProjectionStatusRequest;
import dev.onsale.proto.query.v1.GetProjectionStatusResponse;
import dev.onsale.proto.query.v1.GetRebuildRequest;
import dev.onsale.proto.query.v1.GetRebuildResponse;
import dev.onsale.proto.query.v1.ListDeadLettersRequest;
import dev.onsale.proto.query.v1.ListDeadLettersResponse;
import dev.onsale.proto.query.v1.ProjectionAdminServiceGrpcService;
import dev.onsale.proto.query.v1.RebuildRun;
import dev.onsale.proto.query.v1.RetryDeadLettersRequest;
import dev.onsale.proto.query.v1.RetryDeadLettersResponse;
import dev.onsale.proto.query.v1.StartRebuildRequest;
import dev.onsale.proto.query.v1.StartRebuildResponse;
import dev.onsale.query.elastic.Elastic;
import dev.onsale.query.stream.Errand;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.Call;
import dev.onsale.runtime.rpc.RpcService;
import io.vertx.core.Future;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;

/** The edge of `ProjectionAdminService`. For operators. */
public final class ProjectionAdminRpc {
    private final ProjectionFactory projections;
    private final DeadLetterList letters;
    private final ProjectionStatus status;
    private final Function<String, RebuildRun> startRebuild;
    private final Supplier<RebuildRun> lastRebuild;

    /**
     * The edge.
     *
     * @param projections what it looks after
     * @param startRebuild begins a rebuild for a request id
     * @param lastRebuild tells about the last one
     */
    public ProjectionAdminRpc(
            ProjectionFactory projections,
            Function<String, RebuildRun> startRebuild,
            Supplier<RebuildRun> lastRebuild) {
        this.projections = projections;
        this.letters = new DeadLetterList(projections.deadLetters(), projections.retry());
        this.status = new ProjectionStatus(projections);
        this.startRebuild = startRebuild;
        this.lastRebuild = lastRebuild;
    }

    /**
     * The service with its handlers.
     *
     * @return for the RPC server
     */
    public RpcService service() {
        return RpcService.of(ProjectionAdminServiceGrpcService.SERVICE_DESCRIPTOR)
                .unary(ProjectionAdminServiceGrpcService.ListDeadLetters, this::list)
                .unary(ProjectionAdminServiceGrpcService.RetryDeadLetters, this::retry)
                .unary(ProjectionAdminServiceGrpcService.GetProjectionStatus, this::status)
                .unary(ProjectionAdminServiceGrpcService.StartRebuild, this::startRebuild)
                .unary(ProjectionAdminServiceGrpcService.GetRebuild, this::rebuild);
    }

    private Future<ListDeadLettersResponse> list(Call call, ListDeadLettersRequest request) {
        return errand("list-dead-letters", () -> letters.list(request));
    }

    private Future<RetryDeadLettersResponse> retry(Call call, RetryDeadLettersRequest request) {
        return errand("retry-dead-letters", () -> letters.retry(request));
    }

    private Future<GetProjectionStatusResponse> status(Call call, GetProjectionStatusRequest request) {
        return errand("projection-status", status::read);
    }

    private Future<StartRebuildResponse> startRebuild(Call call, StartRebuildRequest request) {
        return errand(
                "start-rebuild",
                () -> StartRebuildResponse.newBuilder()
                        .setRebuild(startRebuild.apply(request.getRequestId()))
                        .build());
    }

    private Future<GetRebuildResponse> rebuild(Call call, GetRebuildRequest request) {
        return errand(
                "get-rebuild",
                () -> GetRebuildResponse.newBuilder()
                        .setRebuild(lastRebuild.get())
                        .build());
    }

    private <T> Future<T> errand(String name, Callable<T> work) {
        return Errand.run(projections.stores().vertx(), name, work)
                .recover(failure ->
                        Future.failedFuture(Elastic.passing(failure) ? Refusal.unavailable("elasticsearch") : failure));
    }
}
