package dev.onsale.embedded;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The mails by HTTP: {@code GET /mails?to=alice} lists the newest as JSON, {@code GET /mails/7} is a whole message. */
final class MailPage {

    private static final int LISTED = 50;
    private static final Pattern ONE = Pattern.compile("/mails/(\\d{1,10})");
    private static final Pattern TO = Pattern.compile("to=([^&]{1,200})");

    private final Mailbox mailbox;
    private final int port;
    private @Nullable HttpServer server;

    MailPage(Mailbox mailbox, int port) {
        this.mailbox = mailbox;
        this.port = port;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port + "/mails");
    }

    synchronized void start() throws IOException {
        if (server == null) {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
            server.createContext("/mails", this::answer);
            server.start();
        }
    }

    synchronized void stop() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Matcher one = ONE.matcher(exchange.getRequestURI().getPath());
            if (!exchange.getRequestMethod().equals("GET")) {
                send(exchange, 405, "text/plain", new byte[0]);
            } else if (one.matches()) {
                Path file = mailbox.file(Long.parseLong(one.group(1)));
                boolean found = Files.exists(file);
                send(exchange, found ? 200 : 404, "message/rfc822", found ? Files.readAllBytes(file) : new byte[0]);
            } else {
                send(exchange, 200, "application/json", list(exchange).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private String list(HttpExchange exchange) {
        String query = exchange.getRequestURI().getQuery();
        Matcher to = TO.matcher(query == null ? "" : query);
        List<Mail> mails = mailbox.find(to.find() ? to.group(1) : "", LISTED);
        return mails.stream().map(MailPage::json).collect(Collectors.joining(",\n ", "[", "]\n"));
    }

    private static String json(Mail mail) {
        return "{\"id\":%d,\"from\":%s,\"to\":%s,\"subject\":%s,\"text\":%s,\"attachments\":%s}"
                .formatted(
                        mail.id(),
                        quoted(mail.from()),
                        quoted(mail.to()),
                        quoted(mail.subject()),
                        quoted(mail.text()),
                        quoted(mail.attachments()));
    }

    private static String quoted(List<String> texts) {
        return texts.stream().map(MailPage::quoted).collect(Collectors.joining(",", "[", "]"));
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (character == '"' || character == '\\') {
                quoted.append('\\').append(character);
            } else if (character < ' ') {
                quoted.append("\\u%04x".formatted((int) character));
            } else {
                quoted.append(character);
            }
        }
        return quoted.append('"').toString();
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }
}
