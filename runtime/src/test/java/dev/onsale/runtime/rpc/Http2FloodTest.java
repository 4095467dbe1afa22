package dev.onsale.runtime.rpc;

import static dev.onsale.runtime.rpc.RawCall.frame;
import static dev.onsale.runtime.rpc.TestServer.hold;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Connections that abuse HTTP/2 itself: they are ended, or what they send is dropped, and others are served on. */
class Http2FloodTest {

    private static final int HEADERS = 1;
    private static final int PRIORITY = 2;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;
    private static final int WINDOW_UPDATE = 8;
    private static final int CONTINUATION = 9;
    private static final int END_HEADERS = 4;
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int REFUSED_STREAM = 7;
    private static final byte[] CANCEL = {0, 0, 0, 8};

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void stillServes() {
        assertThat(RawCall.to(server).send(frame(hold("good"))).status()).isZero();
    }

    @Test
    void endsAConnectionThatOpensAndResetsStreamsWithoutEnd() throws IOException {
        try (Connection flood = new Connection()) {
            for (int stream = 1; stream < 2_000; stream += 2) {
                flood.send(HEADERS, END_HEADERS, stream, call());
                flood.send(RST_STREAM, 0, stream, CANCEL);
            }

            assertThat(flood.ended()).isTrue();
        }
    }

    @Test
    void endsAConnectionWhoseHeadersNeverEnd() throws IOException {
        try (Connection flood = new Connection()) {
            flood.send(HEADERS, 0, 1, call());
            for (int i = 0; i < 200; i++) {
                flood.send(CONTINUATION, 0, 1, header("x-" + i, "a".repeat(1_000)));
            }

            assertThat(flood.ended()).isTrue();
        }
    }

    @Test
    void endsAConnectionWhoseWindowOverflows() throws IOException {
        try (Connection flood = new Connection()) {
            byte[] most = {0x7F, -1, -1, -1};
            flood.send(WINDOW_UPDATE, 0, 0, most);
            flood.send(WINDOW_UPDATE, 0, 0, most);

            assertThat(flood.ended()).isTrue();
        }
    }

    @Test
    void refusesMoreStreamsAtOnceThanItAllows() throws IOException {
        try (Connection flood = new Connection()) {
            for (int stream = 1; stream < 2 * 300; stream += 2) {
                flood.send(HEADERS, END_HEADERS, stream, call());
            }

            assertThat(flood.resetWith(REFUSED_STREAM) || flood.ended()).isTrue();
        }
    }

    @Test
    void servesOthersWhileSettingsPrioritiesAndResetsItMakesItselfCome() throws IOException {
        try (Connection flood = new Connection()) {
            for (int i = 0; i < 20_000; i++) {
                flood.send(SETTINGS, 0, 0, new byte[0]);
                flood.send(PRIORITY, 0, 1, new byte[] {0, 0, 0, 1, 16}); // Depends on itself.
            }
            for (int stream = 1; stream < 2_000; stream += 2) {
                flood.send(HEADERS, END_HEADERS, stream, call());
                flood.send(WINDOW_UPDATE, 0, stream, new byte[4]); // An error for which the server resets the stream.
            }

            stillServes();
        }
    }

    private static byte[] call() {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.writeBytes(header(":method", "POST"));
        block.writeBytes(header(":scheme", "http"));
        block.writeBytes(header(":path", TestServer.GET_HOLD));
        block.writeBytes(header(":authority", "127.0.0.1"));
        block.writeBytes(header("content-type", "application/grpc"));
        block.writeBytes(header("te", "trailers"));
        return block.toByteArray();
    }

    /** A literal that is never indexed. */
    private static byte[] header(String name, String value) {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.write(0x10);
        for (String text : List.of(name, value)) {
            if (text.length() < 127) {
                header.write(text.length());
            } else {
                header.write(127);
                header.write(((text.length() - 127) & 0x7F) | 0x80);
                header.write((text.length() - 127) >> 7);
            }
            header.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        }
        return header.toByteArray();
    }

    /** Writes frames for as long as it can. */
    private static final class Connection implements AutoCloseable {

        private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        private final DataOutputStream out;
        private final DataInputStream in;
        private boolean broken;
        private int lastReset = -1;

        Connection() throws IOException {
            socket.setSoTimeout(PATIENCE_MILLIS);
            out = new DataOutputStream(socket.getOutputStream());
            in = new DataInputStream(socket.getInputStream());
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            send(SETTINGS, 0, 0, new byte[0]);
        }

        void send(int type, int flags, int stream, byte[] payload) {
            if (broken) {
                return;
            }
            try {
                ByteArrayOutputStream frame = new ByteArrayOutputStream();
                DataOutputStream writer = new DataOutputStream(frame);
                writer.writeByte(payload.length >> 16);
                writer.writeShort(payload.length);
                writer.writeByte(type);
                writer.writeByte(flags);
                writer.writeInt(stream);
                writer.write(payload);
                out.write(frame.toByteArray());
            } catch (IOException ended) {
                broken = true;
            }
        }

        /** Whether the server says goodbye or hangs up. */
        boolean ended() throws IOException {
            return broken || reads(GOAWAY, -1);
        }

        /** Whether the server ends a stream with this error. */
        boolean resetWith(int error) throws IOException {
            return reads(RST_STREAM, error);
        }

        private boolean reads(int wanted, int error) throws IOException {
            try {
                while (true) {
                    int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
                    int type = in.readUnsignedByte();
                    in.skipNBytes(5);
                    byte[] payload = in.readNBytes(length);
                    lastReset = type == RST_STREAM ? payload[3] : lastReset;
                    if (type == wanted && (error < 0 || lastReset == error)) {
                        return true;
                    }
                }
            } catch (SocketTimeoutException silent) {
                return false;
            } catch (IOException ended) {
                broken = true;
                return wanted == GOAWAY;
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
