package dev.onsale.runtime.rpc;

import static dev.onsale.runtime.rpc.RawCall.frame;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.health.v1.HealthCheckRequest;
import io.vertx.grpc.health.v1.HealthCheckResponse;
import io.vertx.grpc.reflection.v1.ServerReflectionRequest;
import io.vertx.grpc.reflection.v1.ServerReflectionResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What tools ask a server: who are you, are you well. */
class ReflectionAndHealthTest {

    private static final String REFLECTION = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo";
    private static final String HEALTH = "/grpc.health.v1.Health/Check";

    private static List<ServerReflectionResponse> ask(TestServer server, ServerReflectionRequest... questions)
            throws InvalidProtocolBufferException {
        var body = Buffer.buffer();
        for (var question : questions) {
            body.appendBuffer(frame(question));
        }
        var answer = new RawCall(server.vertx, server.port()).path(REFLECTION).send(body);
        assertThat(answer.status()).isZero();
        var responses = new ArrayList<ServerReflectionResponse>();
        for (int at = 0; at < answer.body().length(); ) {
            int length = answer.body().getInt(at + 1);
            responses.add(ServerReflectionResponse.parseFrom(answer.body().getBytes(at + 5, at + 5 + length)));
            at += 5 + length;
        }
        return responses;
    }

    private static ServerReflectionRequest list() {
        return ServerReflectionRequest.newBuilder().setListServices("").build();
    }

    private static ServerReflectionRequest symbol(String name) {
        return ServerReflectionRequest.newBuilder()
                .setFileContainingSymbol(name)
                .build();
    }

    @Test
    void answersSeveralQuestionsOnOneStream() throws InvalidProtocolBufferException {
        try (var server = new TestServer()) {
            var answers = ask(
                    server,
                    list(),
                    symbol("onsale.inventory.v1.HoldService"),
                    symbol("onsale.inventory.v1.CreateHoldRequest"),
                    symbol("no.such.Thing"));

            assertThat(answers).hasSize(4);
            assertThat(answers.get(0).getListServicesResponse().getServiceList())
                    .extracting(service -> service.getName())
                    .contains("onsale.inventory.v1.HoldService", "grpc.health.v1.Health");
            var file = FileDescriptorProto.parseFrom(
                    answers.get(1).getFileDescriptorResponse().getFileDescriptorProto(0));
            assertThat(file.getName()).isEqualTo("onsale/inventory/v1/hold_service.proto");
            assertThat(answers.get(2).hasFileDescriptorResponse()).isTrue();
            assertThat(answers.get(3).getErrorResponse().getErrorCode()).isEqualTo(5);
        }
    }

    @Test
    void worksForSeveralServersInOneProcess() throws InvalidProtocolBufferException {
        try (var first = new TestServer();
                var second = new TestServer()) {
            assertThat(ask(first, list()).getFirst().hasListServicesResponse()).isTrue();
            assertThat(ask(second, list()).getFirst().hasListServicesResponse()).isTrue();
            assertThat(ask(first, list()).getFirst().hasListServicesResponse()).isTrue();
        }
    }

    @Test
    void canBeSwitchedOff() {
        try (var server = new TestServer(Map.of("rpc.reflection", "off"))) {
            var answer =
                    new RawCall(server.vertx, server.port()).path(REFLECTION).send(frame(list()));

            assertThat(answer.status()).isEqualTo(12);
        }
    }

    @Test
    void saysThatItServes() throws InvalidProtocolBufferException {
        try (var server = new TestServer()) {
            var known = HealthCheckRequest.newBuilder()
                    .setService("onsale.inventory.v1.HoldService")
                    .build();
            var unknown = HealthCheckRequest.newBuilder().setService("nobody").build();

            var answer = new RawCall(server.vertx, server.port()).path(HEALTH).send(frame(known));
            var other = new RawCall(server.vertx, server.port()).path(HEALTH).send(frame(unknown));

            assertThat(HealthCheckResponse.parseFrom(
                                    answer.body().getBytes(5, answer.body().length()))
                            .getStatus())
                    .isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
            assertThat(other.status()).isEqualTo(5);
        }
    }
}
