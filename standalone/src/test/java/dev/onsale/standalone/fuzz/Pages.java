package dev.onsale.standalone.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Requests for what is served by plain HTTP: public reads, pictures, keys, the management pages; and HTTP that is none. */
final class Pages {

    private static final Set<Leeway> ANYTHING = EnumSet.of(Leeway.HTTP, Leeway.OK, Leeway.ENDED);
    private static final Set<Leeway> PLAIN = EnumSet.of(Leeway.HTTP, Leeway.OK);
    private static final List<String> METHODS = List.of(
            "GET",
            "HEAD",
            "POST",
            "PUT",
            "DELETE",
            "OPTIONS",
            "PATCH",
            "TRACE",
            "PROPFIND",
            "get",
            "G\u00cbT",
            "X".repeat(99));
    private static final List<String> PUBLIC = List.of(
            "/v1/events",
            "/v1/events/{event}",
            "/v1/events/{event}/seat-map",
            "/v1/events/{event}/seat-statuses",
            "/v1/events/{event}/availability",
            "/v1/events/{event}/venue.svg",
            "/v1/events/{event}/venue.png",
            "/v1/layouts/{layout}",
            "/v1/layouts/{layout}/venue.svg",
            "/v1/series",
            "/v1/series/{event}",
            "/v1/availability",
            "/.well-known/jwks.json");
    private static final List<String> MANAGEMENT = List.of(
            "/health/live",
            "/health/ready",
            "/metrics",
            "/simulator/ledger",
            "/.well-known/admission-jwks.json",
            "/.well-known/ticket-jwks.json");
    private static final List<String> PARAMETERS = List.of(
            "query",
            "city",
            "country",
            "page_size",
            "pageSize",
            "page_token",
            "from_time",
            "to_time",
            "from_date",
            "near_latitude",
            "nearLongitude",
            "within_km",
            "days_of_week",
            "sections",
            "event_ids",
            "event_id",
            "min_version",
            "currency",
            "facets",
            "sort",
            "min_price",
            "nothing");
    private static final List<String> TOLD = List.of(
            "If-None-Match",
            "If-Modified-Since",
            "Range",
            "Accept",
            "Accept-Encoding",
            "Content-Type",
            "Cookie",
            "Authorization",
            "Origin",
            "Expect",
            "X-Forwarded-For",
            "Host",
            "Content-Encoding",
            "Sec-WebSocket-Key");

    private final Scene scene;
    private final List<String> managementPages;

    Pages(Scene scene) {
        this.scene = scene;
        this.managementPages = scene.http().keySet().stream()
                .filter(name -> name.endsWith("management"))
                .sorted()
                .toList();
    }

    Input draw(SplittableRandom random) {
        boolean open = random.nextInt(4) > 0;
        int port = java.util.Objects.requireNonNull(
                scene.http().get(open ? "http" : managementPages.get(random.nextInt(managementPages.size()))));
        String path =
                open ? PUBLIC.get(random.nextInt(PUBLIC.size())) : MANAGEMENT.get(random.nextInt(MANAGEMENT.size()));
        path = path.replace("{event}", event(random)).replace("{layout}", layout(random));
        return switch (random.nextInt(10)) {
            case 0, 1 -> web("http/path", port, "GET", Strings.path(random, path), "", PLAIN);
            case 2, 3, 4 -> web("http/query", port, "GET", path + query(random), "", PLAIN);
            case 5 -> web("http/method", port, METHODS.get(random.nextInt(METHODS.size())), path, "", ANYTHING);
            case 6, 7 -> web("http/headers", port, "GET", path + query(random), headers(random), ANYTHING);
            case 8 -> body(random, port, path);
            default -> broken(random, port, path);
        };
    }

    private String event(SplittableRandom random) {
        List<String> events = scene.id("event_id");
        return switch (random.nextInt(5)) {
            case 0 -> Words.uuid(random).toString();
            case 1 -> Strings.encoded(Nasty.text(random));
            default -> events.get(random.nextInt(events.size()));
        };
    }

    private String layout(SplittableRandom random) {
        List<String> layouts = scene.id("layout_hash");
        return random.nextBoolean()
                ? layouts.get(random.nextInt(layouts.size()))
                : Words.uuid(random).toString().replace("-", "");
    }

    private static String query(SplittableRandom random) {
        StringBuilder query = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            String name = random.nextInt(8) == 0
                    ? Strings.encoded(Nasty.text(random))
                    : PARAMETERS.get(random.nextInt(PARAMETERS.size()));
            String value = switch (random.nextInt(6)) {
                case 0 -> Strings.encoded(Nasty.text(random));
                case 1 -> Strings.raw(random);
                case 2 -> Integer.toString(random.nextInt(40));
                case 3 -> "2026-12-01";
                case 4 -> "EUR";
                default -> Words.letters(random, random.nextInt(6));
            };
            query.append(query.isEmpty() ? '?' : '&').append(name).append('=').append(value);
        }
        return query.toString();
    }

    private static String headers(SplittableRandom random) {
        StringBuilder headers = new StringBuilder();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            headers.append(TOLD.get(random.nextInt(TOLD.size())))
                    .append(": ")
                    .append(random.nextBoolean() ? Words.letters(random, random.nextInt(400)) : Strings.raw(random))
                    .append("\r\n");
        }
        return headers.toString();
    }

    private static Input web(String kind, int port, String method, String path, String more, Set<Leeway> leeway) {
        String head = method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n" + more + "\r\n";
        return new Input.Web(kind, port, head.getBytes(StandardCharsets.UTF_8), true, leeway);
    }

    /** A request with a body that nobody asked for. */
    private static Input body(SplittableRandom random, int port, String path) {
        byte[] body = Bytes.noise(random, random.nextInt(5_000));
        String head = METHODS.get(random.nextInt(3)) + " " + path
                + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: " + body.length + "\r\n\r\n";
        return new Input.Web(
                "http/body", port, Bytes.join(head.getBytes(StandardCharsets.UTF_8), body), true, ANYTHING);
    }

    /** What may be read in two ways, or in none. */
    private static Input broken(SplittableRandom random, int port, String path) {
        String head = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n";
        String text = switch (random.nextInt(14)) {
            case 0 -> head + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n";
            case 1 -> head + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello";
            case 2 -> head + "Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n";
            case 3 -> head + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n";
            case 4 -> head.replace("\r\n", "\n") + "\n";
            case 5 -> head + "Bare\rreturn: x\r\n\r\n";
            case 6 -> head + " folded: x\r\n\r\n";
            case 7 -> head + "No colon\r\n\r\n";
            case 8 -> "GET http://else.where" + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
            case 9 -> "GET " + path + " HTTP/1.1\r\nConnection: close\r\n\r\n";
            case 10 -> "GET " + path + " HTTP/" + random.nextInt(99) + "." + random.nextInt(99) + "\r\n\r\n";
            case 11 -> "GET " + path + "?q=" + "a".repeat(100_000) + " HTTP/1.1\r\nHost: x\r\n\r\n";
            case 12 -> head + "Content-Length: 99999999999999999999\r\n\r\n";
            default -> head.substring(0, random.nextInt(head.length()));
        };
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Input.Web(
                "http/broken", port, random.nextInt(4) == 0 ? Bytes.flip(random, bytes) : bytes, false, ANYTHING);
    }
}
