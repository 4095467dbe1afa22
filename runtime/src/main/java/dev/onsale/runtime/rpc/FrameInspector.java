package dev.onsale.runtime.rpc;

import dev.onsale.runtime.error.Refusal;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Watches the bytes of a request body go by and finds what the gRPC layer below would hang on, execute twice or unpack to
 * any size: flags, lengths and the number of messages. A frame is one flag byte, four length bytes, then the message.
 */
final class FrameInspector {

    private static final int HEADER_BYTES = 5;

    private final int maxMessageBytes;
    private final int maxMessages;
    private final Refusal tooMany;
    private int headerRead;
    private long length;
    private long payloadLeft;
    private int messages;

    FrameInspector(int maxMessageBytes, int maxMessages, Refusal tooMany) {
        this.maxMessageBytes = maxMessageBytes;
        this.maxMessages = maxMessages;
        this.tooMany = tooMany;
    }

    /** Looks at the next bytes; the refusal they deserve, or null. */
    @Nullable Refusal update(Buffer chunk) {
        int at = 0;
        while (at < chunk.length()) {
            if (payloadLeft > 0) {
                long step = Math.min(payloadLeft, chunk.length() - at);
                payloadLeft -= step;
                at += (int) step;
                continue;
            }
            var fault = header(chunk.getByte(at++));
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    /** The body has ended; the refusal that deserves, or null. */
    @Nullable Refusal end() {
        return headerRead > 0 || payloadLeft > 0 ? WireFault.CUT_SHORT : null;
    }

    private @Nullable Refusal header(byte next) {
        if (headerRead == 0) {
            headerRead = 1;
            length = 0;
            return next == 0 ? null : next == 1 ? WireFault.COMPRESSED : WireFault.BAD_FLAG;
        }
        length = (length << 8) | (next & 0xFF);
        if (++headerRead < HEADER_BYTES) {
            return null;
        }
        headerRead = 0;
        payloadLeft = length;
        if (length > maxMessageBytes) {
            return WireFault.TOO_LARGE;
        }
        return ++messages > maxMessages ? tooMany : null;
    }
}
