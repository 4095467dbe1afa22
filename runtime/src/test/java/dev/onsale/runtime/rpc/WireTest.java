package dev.onsale.runtime.rpc;

import static dev.onsale.runtime.rpc.RawCall.frame;
import static dev.onsale.runtime.rpc.TestServer.hold;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Broken and hostile frames and headers. Each is answered, none reaches a handler, and the server lives on. */
class WireTest {

    private static final Buffer GOOD = frame(hold("good"));
    private static final int INVALID_ARGUMENT = 3;
    private static final int DEADLINE_EXCEEDED = 4;
    private static final int RESOURCE_EXHAUSTED = 8;
    private static final int UNIMPLEMENTED = 12;
    private static final int INTERNAL = 13;
    private static final int UNAUTHENTICATED = 16;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void forget() {
        server.executions.set(0);
    }

    @AfterEach
    void stillServes() {
        assertThat(RawCall.to(server).send(GOOD).status()).isZero();
    }

    static Stream<Arguments> badBodies() {
        var fifty = Buffer.buffer();
        for (int i = 0; i < 50; i++) {
            fifty.appendBuffer(GOOD);
        }
        return Stream.of(
                Arguments.of("malformed protobuf", frame(0, Buffer.buffer("\u00ff\u00ff")), INVALID_ARGUMENT),
                Arguments.of("truncated varint", frame(0, Buffer.buffer(new byte[] {8, -1})), INVALID_ARGUMENT),
                Arguments.of("compressed flag without encoding", frame(1, Buffer.buffer("xyz")), UNIMPLEMENTED),
                Arguments.of("flag 2", frame(2, Buffer.buffer(hold("good").toByteArray())), INTERNAL),
                Arguments.of("message above the limit", frame(0, Buffer.buffer(new byte[300_000])), RESOURCE_EXHAUSTED),
                Arguments.of("declares 2 GB", frame(0, Integer.MAX_VALUE, Buffer.buffer("abc")), RESOURCE_EXHAUSTED),
                Arguments.of("declares 4 GB", frame(0, -1, Buffer.buffer("abc")), RESOURCE_EXHAUSTED),
                Arguments.of("empty body", Buffer.buffer(), INVALID_ARGUMENT),
                Arguments.of("declares 100, sends 3", frame(0, 100, Buffer.buffer("abc")), INVALID_ARGUMENT),
                Arguments.of("three bytes of a header", Buffer.buffer(new byte[3]), INVALID_ARGUMENT),
                Arguments.of(
                        "a message, then half of one",
                        Buffer.buffer().appendBuffer(GOOD).appendBytes(new byte[3]),
                        INVALID_ARGUMENT),
                Arguments.of("a lone surrogate", frame(0, text(0xED, 0xA0, 0x80)), INVALID_ARGUMENT),
                Arguments.of("text that is no UTF-8", frame(0, text(0xFF)), INVALID_ARGUMENT),
                Arguments.of("groups nested a thousand deep", frame(0, groups(1_000)), INVALID_ARGUMENT),
                Arguments.of("a million packed numbers", frame(0, packed(1_000_000)), RESOURCE_EXHAUSTED),
                Arguments.of("2 messages", Buffer.buffer().appendBuffer(GOOD).appendBuffer(GOOD), INVALID_ARGUMENT),
                Arguments.of("50 messages", fifty, INVALID_ARGUMENT));
    }

    /** The first field as text of these bytes. */
    private static Buffer text(int... bytes) {
        var text = Buffer.buffer().appendByte((byte) 10).appendByte((byte) bytes.length);
        for (int each : bytes) {
            text.appendByte((byte) each);
        }
        return text;
    }

    private static Buffer groups(int depth) {
        byte open = 9 << 3 | 3;
        byte close = 9 << 3 | 4;
        var nested = new byte[2 * depth];
        Arrays.fill(nested, 0, depth, open);
        Arrays.fill(nested, depth, 2 * depth, close);
        return Buffer.buffer(nested);
    }

    private static Buffer packed(int numbers) {
        return Buffer.buffer()
                .appendByte((byte) (9 << 3 | 2))
                .appendBytes(new byte[] {(byte) (numbers | 128), (byte) (numbers >> 7 | 128), (byte) (numbers >> 14)})
                .appendBytes(new byte[numbers]);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badBodies")
    void refusesABadBodyAndExecutesNothing(String name, Buffer body, int expected) {
        var answer = RawCall.to(server).send(body);

        assertThat(answer.http()).isEqualTo(200);
        assertThat(answer.status()).isEqualTo(expected);
        assertThat(answer.reason()).isEqualTo("MALFORMED_REQUEST");
        assertThat(server.executions).hasValue(0);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badBodies")
    void refusesABadBodyWhoseSenderNeverEnds(String name, Buffer body, int expected) {
        var answer = RawCall.to(server).neverEnding().send(body);

        assertThat(answer.status()).isIn(expected, DEADLINE_EXCEEDED);
        assertThat(server.executions).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "snappy", "deflate", "IDENTITY", "identity,gzip", ""})
    void refusesEveryEncodingButIdentity(String encoding) throws IOException {
        var answer = RawCall.to(server).header("grpc-encoding", encoding).send(frame(1, bomb()));

        assertThat(answer.status()).isEqualTo(UNIMPLEMENTED);
        assertThat(answer.any("grpc-accept-encoding")).isEqualTo("identity");
        assertThat(server.executions).hasValue(0);
    }

    @Test
    void answersAHalfOpenStreamAtItsDeadline() {
        var answer = RawCall.to(server).neverEnding().send(Buffer.buffer(new byte[1]));

        assertThat(answer.status()).isEqualTo(DEADLINE_EXCEEDED);
        assertThat(answer.reason()).isEqualTo("DEADLINE_EXCEEDED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "abc", "0S", "99999999H", "-1S", "123456789S", "1s", "1 S", "99999999M"})
    void givesEveryCallADeadline(String timeout) {
        var call = RawCall.to(server);
        var answer = (timeout.equals("none") ? call : call.header("grpc-timeout", timeout)).send(frame(hold("silent")));

        assertThat(answer.status()).isEqualTo(DEADLINE_EXCEEDED);
        assertThat(answer.reason()).isEqualTo("DEADLINE_EXCEEDED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"200m", "1n", "200000u"})
    void keepsADeadlineShorterThanItsOwn(String timeout) {
        var before = System.nanoTime();
        var answer = RawCall.to(server).header("grpc-timeout", timeout).send(frame(hold("silent")));

        assertThat(answer.status()).isEqualTo(DEADLINE_EXCEEDED);
        assertThat(System.nanoTime() - before).isLessThan(900_000_000L);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/grpc+json",
                "application/grpc-web-text",
                "application/grpcx",
                "text/plain",
                "application/connect+proto"
            })
    void refusesOtherContentTypes(String type) {
        assertThat(RawCall.to(server).header("content-type", type).send(GOOD).http())
                .isEqualTo(415);
        assertThat(server.executions).hasValue(0);
    }

    @Test
    void refusesACallWithoutContentTypeAndAnotherMethodThanPost() {
        assertThat(RawCall.to(server).without("content-type").send(GOOD).http()).isEqualTo(415);
        assertThat(RawCall.to(server).method(HttpMethod.PUT).send(GOOD).http()).isEqualTo(405);
        assertThat(server.executions).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/onsale.inventory.v1.HoldService/Nothing",
                "/nobody.v1.Nothing/GetHold",
                "/",
                "/onsale.inventory.v1.HoldService/GetHold/",
                "/onsale.inventory.v1.HoldService/GetHold/more",
                "/onsale.inventory.v1.HoldService/CreateHold"
            })
    void answersUnimplementedForUnknownMethods(String path) {
        var answer = RawCall.to(server).path(path).send(GOOD);

        assertThat(answer.status()).isEqualTo(UNIMPLEMENTED);
        assertThat(server.executions).hasValue(0);
    }

    static Stream<Arguments> badCredentials() {
        UnaryOperator<RawCall> none = call -> call.without("authorization");
        UnaryOperator<RawCall> twice = call -> call.addHeader("authorization", "Bearer x");
        UnaryOperator<RawCall> basic = call -> call.header("authorization", "Basic dXNlcjpwYXNz");
        UnaryOperator<RawCall> empty = call -> call.header("authorization", "");
        UnaryOperator<RawCall> bare = call -> call.header("authorization", "Bearer");
        UnaryOperator<RawCall> long9k = call -> call.header("authorization", "Bearer " + "a".repeat(9 * 1024));
        return Stream.of(
                Arguments.of("none", none),
                Arguments.of("twice", twice),
                Arguments.of("basic", basic),
                Arguments.of("empty", empty),
                Arguments.of("bare", bare),
                Arguments.of("9 KB", long9k));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badCredentials")
    void refusesBadCredentialsInTheSameWords(String name, UnaryOperator<RawCall> change) {
        var answer = change.apply(RawCall.to(server)).send(GOOD);

        assertThat(answer.status()).isEqualTo(UNAUTHENTICATED);
        assertThat(answer.reason()).isEqualTo("TOKEN_INVALID");
        assertThat(answer.any("grpc-message")).isEqualTo("A valid access token is required".replace(" ", "%20"));
        assertThat(server.executions).hasValue(0);
    }

    @Test
    void refusesTwoHundredHeaders() {
        var call = RawCall.to(server);
        for (int i = 0; i < 200; i++) {
            call.header("x-" + i, "y");
        }
        assertThat(call.send(GOOD).status()).isEqualTo(INVALID_ARGUMENT);
        assertThat(server.executions).hasValue(0);
    }

    static Stream<Arguments> badMetadata() {
        return Stream.of(
                Arguments.of("NUL", "x-note", "a\0b"),
                Arguments.of("CR LF", "x-note", "a\r\nauthorization: Bearer b"),
                Arguments.of("no ASCII", "x-note", "\u00e9\u00ff"),
                Arguments.of("name in capitals", "X-Note", "a"),
                Arguments.of("name with NUL", "x\0note", "a"),
                Arguments.of("name with a line", "x\r\nnote", "a"),
                Arguments.of("no name", "", "a"),
                Arguments.of("connection header", "connection", "close"),
                Arguments.of("unknown pseudo-header", ":note", "a"),
                Arguments.of("a path twice", ":path", TestServer.GET_HOLD),
                Arguments.of("16 KB", "x-note", "a".repeat(16_000)),
                Arguments.of("trace of NUL", "traceparent", "00-\0"));
    }

    /** An error of the stream, of the connection, or an answer: none gets in, though its token is good. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("badMetadata")
    void endsACallWithBadMetadata(String name, String header, String value) throws IOException {
        assertThat(callWith(header, value)).isNotNull();
        assertThat(server.executions).hasValue(0);
    }

    @Test
    void letsTheSameCallInWithoutBadMetadata() throws IOException {
        assertThat(callWith("x-note", "a")).isEqualTo(RawHeaders.End.HEADERS);
        assertThat(server.executions).hasValue(1);
    }

    private static RawHeaders.End callWith(String header, String value) throws IOException {
        return new RawHeaders()
                .with(":method", "POST")
                .with(":scheme", "http")
                .with(":path", TestServer.GET_HOLD)
                .with(":authority", "127.0.0.1")
                .with("content-type", "application/grpc")
                .with("te", "trailers")
                .with("authorization", "Bearer " + server.token())
                .with(header, value)
                .send(server.port(), GOOD.getBytes());
    }

    private static Buffer bomb() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(new byte[20_000_000]);
        }
        return Buffer.buffer(bytes.toByteArray());
    }
}
