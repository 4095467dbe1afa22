package dev.onsale.standalone.fuzz;

import static dev.onsale.standalone.fuzz.Outcome.End;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Sends bytes on a connection of their own and reads the status line of what comes back. */
final class Http1Wire {

    /** A server may repeat the version that it was asked in, whatever it is. */
    private static final Pattern STATUS = Pattern.compile("\\S+/[0-9.]+ ([1-5][0-9][0-9]).*");

    private static final int CONTINUE = 200;
    private static final int MOST_LINE = 1_000;
    private static final int PAUSE_MILLIS = 300;

    private final int patienceMillis;

    Http1Wire(int patienceMillis) {
        this.patienceMillis = patienceMillis;
    }

    /** Of a request that isn't whole, the sender hangs up after a pause: all that is asked is that the server lets go. */
    Outcome send(Input.Web input) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), input.port())) {
            socket.setSoTimeout(input.whole() ? patienceMillis : PAUSE_MILLIS);
            write(socket, input.bytes());
            InputStream in = new BufferedInputStream(socket.getInputStream());
            try {
                return status(in);
            } catch (SocketTimeoutException silent) {
                return input.whole() ? Outcome.of(End.SILENT) : hungUp(socket, in);
            }
        } catch (IOException gone) {
            return Outcome.of(End.CLOSED);
        }
    }

    private Outcome hungUp(Socket socket, InputStream in) throws IOException {
        socket.setSoTimeout(patienceMillis);
        socket.shutdownOutput();
        try {
            return status(in);
        } catch (SocketTimeoutException silent) {
            return Outcome.of(End.SILENT);
        }
    }

    private static void write(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException closed) {
            // It may have answered before it closed.
        }
    }

    private static Outcome status(InputStream in) throws IOException {
        while (true) {
            String line = line(in);
            if (line.isEmpty()) {
                return Outcome.of(End.CLOSED);
            }
            var matcher = STATUS.matcher(line);
            if (!matcher.matches()) {
                return Outcome.http(999); // No HTTP.
            }
            int status = Integer.parseInt(matcher.group(1));
            if (status >= CONTINUE) {
                return Outcome.http(status);
            }
            while (!line(in).isEmpty()) {
                // The rest of an interim answer.
            }
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n' && line.size() < MOST_LINE; next = in.read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).strip();
    }
}
