package dev.onsale.runtime.rpc;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One call whose HTTP/2 frames are written byte by byte: no client library lets such headers out. */
final class RawHeaders {

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int GOAWAY = 7;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int PATIENCE_MILLIS = 10_000;

    private final ByteArrayOutputStream block = new ByteArrayOutputStream();

    /** How the call ended: {@code HEADERS}, {@code RST_STREAM}, {@code GOAWAY} or {@code CLOSED}. */
    enum End {
        HEADERS,
        RST_STREAM,
        GOAWAY,
        CLOSED
    }

    /** A header, as a literal that is never indexed; the bytes of its name and value are those of the text in Latin 1. */
    RawHeaders with(String name, String value) {
        block.write(0x10);
        text(name);
        text(value);
        return this;
    }

    private void text(String text) {
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

    /** Sends the headers and the body, and waits for the end of the stream. */
    End send(int port, byte[] body) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            write(socket, body);
            return end(new DataInputStream(socket.getInputStream()));
        }
    }

    private void write(Socket socket, byte[] body) {
        try {
            var out = new DataOutputStream(socket.getOutputStream());
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            frame(out, SETTINGS, 0, 0, new byte[0]);
            frame(out, HEADERS, END_HEADERS, 1, block.toByteArray());
            frame(out, DATA, END_STREAM, 1, body);
            out.flush();
        } catch (IOException closed) {
            // The server may have ended the connection at the first bytes it disliked: how is to be read.
        }
    }

    private static void frame(DataOutputStream out, int type, int flags, int stream, byte[] payload)
            throws IOException {
        out.writeByte(payload.length >> 16);
        out.writeShort(payload.length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload);
    }

    private static End end(DataInputStream in) throws IOException {
        List<Integer> seen = new ArrayList<>();
        try {
            while (true) {
                int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                int type = in.readUnsignedByte();
                int flags = in.readUnsignedByte();
                in.readInt();
                in.skipNBytes(length);
                seen.add(type);
                if (type == RST_STREAM || type == GOAWAY) {
                    return type == GOAWAY ? End.GOAWAY : End.RST_STREAM;
                }
                if (type <= HEADERS && (flags & END_STREAM) != 0) {
                    return End.HEADERS;
                }
            }
        } catch (SocketTimeoutException silent) {
            throw new AssertionError("No end after frames " + seen, silent);
        } catch (IOException closed) {
            return End.CLOSED;
        }
    }
}
