package dev.onsale.standalone.fuzz;

import static dev.onsale.standalone.fuzz.Outcome.End;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** An HTTP/2 connection that sends one stream after the other, whatever their headers: no client library lets them out. */
final class Http2Wire implements AutoCloseable {

    private static final int WINDOW = 1 << 30;
    private static final int MOST_STREAMS = 2_000;
    private static final long CANCEL = 8;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false, 1 << 20);
    private int stream = -1;
    private long initialWindow = 65_535;
    private long connectionWindow = 65_535;
    private long streamWindow;
    private long unread;
    private boolean over;

    /** Connects; gives up on an answer after this many milliseconds. */
    Http2Wire(int port, int patienceMillis) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(patienceMillis);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frame(FrameType.SETTINGS, 0, 0, new byte[] {0, 4, WINDOW >> 24, 0, 0, 0});
        frame(FrameType.WINDOW_UPDATE, 0, 0, number(WINDOW));
        out.flush();
    }

    /** Whether it can't be used any more. */
    boolean over() {
        return over || stream > 2 * MOST_STREAMS;
    }

    /** Sends a stream and waits for its end. */
    Outcome call(Input.Call call) throws IOException {
        stream += 2;
        streamWindow = initialWindow;
        Reply reply = new Reply(stream, call.streams());
        try {
            send(call, reply);
        } catch (SocketTimeoutException silent) {
            return lost(End.SILENT);
        } catch (IOException gone) {
            // The server closed at the first bytes it disliked: why is to be read.
        }
        try {
            while (!reply.over()) {
                read(reply);
            }
            if (!call.ends() || reply.streaming()) {
                frame(FrameType.RST_STREAM, 0, stream, number(CANCEL));
                out.flush();
            }
        } catch (SocketTimeoutException silent) {
            return lost(End.SILENT);
        } catch (IOException gone) {
            over = true;
            return reply.over() ? reply.outcome() : Outcome.of(End.CLOSED);
        }
        return reply.outcome();
    }

    private Outcome lost(End end) {
        over = true;
        return Outcome.of(end);
    }

    private void send(Input.Call call, Reply reply) throws IOException {
        byte[] block = block(call.headers());
        int most = 16_384;
        for (int at = 0; at == 0 || at < block.length; at += most) {
            int length = Math.min(most, block.length - at);
            int flags = at + length >= block.length ? FrameType.END_HEADERS : 0;
            frame(at == 0 ? FrameType.HEADERS : FrameType.CONTINUATION, flags, stream, block, at, length);
        }
        byte[] body = call.body();
        int at = 0;
        while (at < body.length && !reply.over()) {
            int length =
                    (int) Math.min(Math.min(call.piece(), body.length - at), Math.min(connectionWindow, streamWindow));
            if (length <= 0) {
                out.flush();
                read(reply);
                continue;
            }
            boolean last = call.ends() && at + length == body.length;
            frame(FrameType.DATA, last ? FrameType.END_STREAM : 0, stream, body, at, length);
            connectionWindow -= length;
            streamWindow -= length;
            at += length;
        }
        if (body.length == 0 && call.ends()) {
            frame(FrameType.DATA, FrameType.END_STREAM, stream, body);
        }
        out.flush();
    }

    private void read(Reply reply) throws IOException {
        int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int id = in.readInt() & Integer.MAX_VALUE;
        byte[] payload = in.readNBytes(length);
        if (payload.length < length) {
            throw new IOException("closed within a frame");
        }
        boolean ends = (flags & FrameType.END_STREAM) != 0;
        switch (type) {
            case FrameType.DATA -> {
                taken(length);
                reply.data(id, payload, ends);
            }
            case FrameType.HEADERS -> reply.headers(id, decode(id, payload, flags), ends);
            case FrameType.RST_STREAM -> reply.reset(id);
            case FrameType.SETTINGS -> settings(payload, flags);
            case FrameType.PING -> {
                if (flags == 0) {
                    frame(FrameType.PING, 1, 0, payload);
                    out.flush();
                }
            }
            case FrameType.GOAWAY -> over = true; // It may still answer, and will close.
            case FrameType.WINDOW_UPDATE -> window(id, FrameType.number(payload, 0));
            default -> {}
        }
    }

    private void taken(int length) throws IOException {
        unread += length;
        if (unread > WINDOW / 4) {
            frame(FrameType.WINDOW_UPDATE, 0, 0, number(unread));
            out.flush();
            unread = 0;
        }
    }

    private void settings(byte[] payload, int flags) throws IOException {
        if (flags != 0) {
            return;
        }
        for (int at = 0; at + 6 <= payload.length; at += 6) {
            if (payload[at + 1] == 4) {
                long now = FrameType.number(payload, at + 2);
                streamWindow += now - initialWindow;
                initialWindow = now;
            }
        }
        frame(FrameType.SETTINGS, 1, 0, new byte[0]);
        out.flush();
    }

    private void window(int id, long more) {
        if (id == 0) {
            connectionWindow += more;
        } else if (id == stream) {
            streamWindow += more;
        }
    }

    private Map<String, String> decode(int id, byte[] first, int flags) throws IOException {
        byte[] block = FrameType.unpadded(first, flags);
        int seen = flags;
        while ((seen & FrameType.END_HEADERS) == 0) {
            int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
            in.readUnsignedByte();
            seen = in.readUnsignedByte();
            in.readInt();
            ByteArrayOutputStream both = new ByteArrayOutputStream();
            both.writeBytes(block);
            both.writeBytes(in.readNBytes(length));
            block = both.toByteArray();
        }
        Map<String, String> fields = new java.util.HashMap<>();
        try {
            for (var field : decoder.decodeHeaders(id, Unpooled.wrappedBuffer(block))) {
                fields.put(field.getKey().toString(), field.getValue().toString());
            }
        } catch (Http2Exception unreadable) {
            throw new IOException(unreadable);
        }
        return fields;
    }

    /** Literals that are never indexed, without Huffman: any byte may be in them. */
    private static byte[] block(List<Input.Header> headers) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (Input.Header header : headers) {
            block.write(0x10);
            text(block, header.name());
            text(block, header.value());
        }
        return block.toByteArray();
    }

    private static void text(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length < 127) {
            block.write(bytes.length);
        } else { // HPACK's integers: a prefix of seven bits, then seven at a time.
            block.write(127);
            int rest = bytes.length - 127;
            for (; rest >= 128; rest >>= 7) {
                block.write(rest % 128 + 128);
            }
            block.write(rest);
        }
        block.writeBytes(bytes);
    }

    private void frame(int type, int flags, int id, byte[] payload) throws IOException {
        frame(type, flags, id, payload, 0, payload.length);
    }

    private void frame(int type, int flags, int id, byte[] bytes, int from, int length) throws IOException {
        out.writeByte(length >> 16);
        out.writeShort(length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(id);
        out.write(bytes, from, length);
    }

    private static byte[] number(long number) {
        return new byte[] {(byte) (number >> 24), (byte) (number >> 16), (byte) (number >> 8), (byte) number};
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
