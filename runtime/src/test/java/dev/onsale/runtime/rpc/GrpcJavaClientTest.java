package dev.onsale.runtime.rpc;

import static dev.onsale.runtime.rpc.TestServer.hold;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.onsale.proto.booking.v1.BookingServiceGrpc;
import dev.onsale.proto.booking.v1.WatchBookingRequest;
import dev.onsale.proto.catalog.v1.CatalogAdminServiceGrpc;
import dev.onsale.proto.catalog.v1.ImportSeatMapRequest;
import dev.onsale.proto.catalog.v1.ImportSeatMapResponse;
import dev.onsale.proto.inventory.v1.GetHoldRequest;
import dev.onsale.proto.inventory.v1.HoldServiceGrpc;
import dev.onsale.proto.inventory.v1.HoldServiceGrpc.HoldServiceBlockingStub;
import dev.onsale.runtime.auth.Role;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A partner's client, made with plain grpc-java, against our server. */
class GrpcJavaClientTest {

    private static final String BOOKING = "0192f0c1-2345-7000-8000-000000000001";

    private static TestServer server;
    private static ManagedChannel channel;

    @BeforeAll
    static void start() {
        server = new TestServer();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .build();
    }

    @AfterAll
    static void stop() {
        channel.shutdownNow();
        server.close();
    }

    @BeforeEach
    void forget() {
        server.executions.set(0);
    }

    private static HoldServiceBlockingStub holds(String token) {
        var headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return HoldServiceGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private static StatusRuntimeException refused(Runnable call) {
        var failure = catchThrowableOfType(StatusRuntimeException.class, call::run);
        assertThat(failure).isNotNull();
        return failure;
    }

    private static <T extends com.google.protobuf.Message> T detail(StatusRuntimeException failure, Class<T> type) {
        var status = StatusProto.fromThrowable(failure);
        assertThat(status).isNotNull();
        try {
            for (var any : status.getDetailsList()) {
                if (any.is(type)) {
                    return any.unpack(type);
                }
            }
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("No " + type + " in " + status);
    }

    @Test
    void getsAnAnswerWithATokenOfTheRightRole() {
        var response = holds(server.token()).getHold(hold("good"));

        assertThat(response.getHold().getHoldId()).isEqualTo(hold("good").getHoldId());
        assertThat(server.lastAccount).hasValue("fan-1");
    }

    @Test
    void isRefusedWithoutTheRole() {
        var scanner = server.issuer.issue("gate-7", Set.of(Role.SCANNER), Duration.ofMinutes(1));

        var failure = refused(() -> holds(scanner).getHold(hold("good")));

        assertThat(failure.getStatus().getCode()).isEqualTo(Code.PERMISSION_DENIED);
        assertThat(detail(failure, ErrorInfo.class).getReason()).isEqualTo("ROLE_REQUIRED");
        assertThat(server.executions).hasValue(0);
    }

    @Test
    void isToldWhichFieldBreaksARule() {
        var failure = refused(() -> holds(server.token())
                .getHold(GetHoldRequest.newBuilder().setHoldId("../{s1}\n").build()));

        assertThat(failure.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
        assertThat(detail(failure, ErrorInfo.class).getReason()).isEqualTo("INVALID_FIELD");
        assertThat(detail(failure, BadRequest.class).getFieldViolations(0).getField())
                .isEqualTo("hold_id");
        assertThat(server.executions).hasValue(0);
    }

    @Test
    void readsARefusalWithAllItsDetails() {
        var failure = refused(() -> holds(server.token()).getHold(hold("taken")));

        assertThat(failure.getStatus().getCode()).isEqualTo(Code.ABORTED);
        assertThat(failure.getStatus().getDescription()).isEqualTo("Some seats  are   not free ");
        var info = detail(failure, ErrorInfo.class);
        assertThat(info.getReason()).isEqualTo("SEAT_TAKEN");
        assertThat(info.getDomain()).isEqualTo("onsale.dev");
        assertThat(info.getMetadataMap()).containsEntry("seats", "112-F-7,112-F-8");
        assertThat(Durations.toMillis(detail(failure, RetryInfo.class).getRetryDelay()))
                .isEqualTo(1500);
    }

    @Test
    void learnsNothingFromABugButItsId() {
        var failure = refused(() -> holds(server.token()).getHold(hold("bug")));

        assertThat(failure.getStatus().getCode()).isEqualTo(Code.INTERNAL);
        assertThat(failure.getStatus().getDescription())
                .doesNotContain("secret")
                .doesNotContain("db1");
        assertThat(detail(failure, ErrorInfo.class).getMetadataMap()).containsOnlyKeys("error_id");
    }

    @Test
    void readsAStreamAsSlowlyAsItLikesWhileTheServerWaits() throws InterruptedException {
        var before = server.streamsClosed.get();
        var context = Context.current().withCancellation();
        context.run(() -> {
            var replies = BookingServiceGrpc.newBlockingStub(channel)
                    .watchBooking(WatchBookingRequest.newBuilder()
                            .setBookingId(BOOKING)
                            .build());
            for (int i = 0; i < 200; i++) {
                assertThat(replies.next().getBooking().getBookingId()).startsWith(BOOKING);
            }
        });
        Thread.sleep(300);
        int written = server.executions.get();
        Thread.sleep(300);

        assertThat(server.executions.get()).isEqualTo(written).isLessThan(5_000);
        context.cancel(null);
        await().atMost(Duration.ofSeconds(5)).until(() -> server.streamsClosed.get() > before);
    }

    @Test
    void sendsAStreamOfAnyLengthInSmallMessages() throws Exception {
        var answer = new CompletableFuture<ImportSeatMapResponse>();
        var requests = CatalogAdminServiceGrpc.newStub(channel).importSeatMap(new StreamObserver<>() {
            @Override
            public void onNext(ImportSeatMapResponse response) {
                answer.complete(response);
            }

            @Override
            public void onError(Throwable failure) {
                answer.completeExceptionally(failure);
            }

            @Override
            public void onCompleted() {}
        });
        for (int i = 0; i < 100; i++) {
            requests.onNext(ImportSeatMapRequest.newBuilder()
                    .setChunk(ByteString.copyFrom(new byte[10_000]))
                    .build());
        }
        requests.onCompleted();

        assertThat(answer.get(10, TimeUnit.SECONDS).getSeatMap().getName()).isEqualTo("1000000");
        assertThat(server.executions).hasValue(100);
    }

    @Test
    void letsGoOfAStreamOfRequestsThatIsCancelled() {
        var before = server.collectorsCancelled.get();
        var requests = CatalogAdminServiceGrpc.newStub(channel).importSeatMap(new StreamObserver<>() {
            @Override
            public void onNext(ImportSeatMapResponse response) {}

            @Override
            public void onError(Throwable failure) {}

            @Override
            public void onCompleted() {}
        });
        requests.onNext(ImportSeatMapRequest.getDefaultInstance());
        await().atMost(Duration.ofSeconds(5)).until(() -> server.executions.get() == 1);
        requests.onError(new IllegalStateException("changed my mind"));

        await().atMost(Duration.ofSeconds(5)).until(() -> server.collectorsCancelled.get() > before);
    }
}
