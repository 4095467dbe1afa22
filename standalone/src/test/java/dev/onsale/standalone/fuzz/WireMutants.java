package dev.onsale.standalone.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/** Calls whose frames or headers are not what they should be. They name nobody who may change anything. */
final class WireMutants {

    private static final List<String> TYPES = List.of(
            "application/json",
            "application/grpc+json",
            "application/grpc-web-text",
            "application/grpcx",
            "text/plain",
            "",
            "application/grpc;charset=utf-8",
            "APPLICATION/GRPC",
            "application/connect+proto",
            "multipart/form-data");
    private static final List<String> TIMEOUTS = List.of(
            "abc", "0S", "99999999H", "-1S", "1", "", "123456789S", "1s", " 1S", "99999999M", "1e3S", "\u00b2S", "+1S");
    private static final List<String> SHORT_TIMEOUTS = List.of("1n", "1u", "1m", "50m", "100000u");
    private static final List<String> ENCODINGS = List.of("gzip", "snappy", "deflate", "IDENTITY", "identity,gzip", "");
    private static final List<String> METHODS =
            List.of("GET", "PUT", "DELETE", "OPTIONS", "HEAD", "CONNECT", "", "post");
    private static final List<Input.Header> STRANGE = List.of(
            new Input.Header("X-Upper", "a"),
            new Input.Header("x\0nul", "a"),
            new Input.Header("x\r\nline", "a"),
            new Input.Header("", "a"),
            new Input.Header("connection", "close"),
            new Input.Header("transfer-encoding", "chunked"),
            new Input.Header("content-length", "7"),
            new Input.Header("content-length", "-1"),
            new Input.Header("upgrade", "websocket"),
            new Input.Header(":note", "a"),
            new Input.Header(":path", "/"),
            new Input.Header(":method", "GET"),
            new Input.Header(":status", "200"),
            new Input.Header("te", "gzip"),
            new Input.Header("host", "else.where"),
            new Input.Header("x-long", "a".repeat(20_000)),
            new Input.Header("x-note", "a\0b"),
            new Input.Header("x-note", "a\r\nauthorization: Bearer b"),
            new Input.Header("x-note", "\u00e9\u00ff"),
            new Input.Header("expect", "100-continue"));
    private static final List<String> TOLD = List.of(
            "traceparent",
            "tracestate",
            "x-forwarded-for",
            "forwarded",
            "onsale-admission",
            "onsale-admission-proof",
            "grpc-accept-encoding",
            "accept-encoding",
            "user-agent",
            "cookie",
            "origin",
            "grpc-trace-bin",
            "grpc-tags-bin",
            "x-fuzz-bin",
            "grpc-status",
            "grpc-status-details-bin",
            "grpc-message",
            "if-none-match",
            "range");

    private final Calls calls;

    WireMutants(Calls calls) {
        this.calls = calls;
    }

    /** A call whose body is no frame, or not one. Of what it carries nothing may be executed. */
    Input frames(SplittableRandom random) {
        Draft draft = outside("frames", random);
        draft.leeway.remove(Leeway.OK);
        byte[] frame = draft.body;
        byte[] message = java.util.Arrays.copyOfRange(frame, 5, frame.length);
        switch (random.nextInt(10)) {
            case 0 -> {
                draft.kind("flag").allow(Leeway.UNIMPLEMENTED).body =
                        Bytes.frame(1 + random.nextInt(255), message.length, message);
            }
            // Where the next frame would begin, a 1 says that it is compressed.
            case 1 -> draft.kind("length").allow(Leeway.UNIMPLEMENTED).body = Bytes.frame(0, random.nextInt(), message);
            case 2 -> {
                draft.kind("nearly").body = Bytes.frame(0, message.length + 1L + random.nextInt(9), message);
            }
            case 3 -> {
                draft.kind("cut").body = java.util.Arrays.copyOf(frame, random.nextInt(frame.length));
            }
            case 4 ->
                draft.kind("more").allow(Leeway.UNIMPLEMENTED).body =
                        Bytes.join(frame, Bytes.noise(random, 1 + random.nextInt(40)));
            case 5 -> {
                draft.kind("many");
                for (int i = random.nextInt(6); i >= 0 && draft.body.length < 100_000; i--) {
                    draft.body = Bytes.join(draft.body, frame);
                }
            }
            case 6 -> draft.kind("empty").body = new byte[0];
            case 7 -> draft.kind("large").body = Bytes.frame(new byte[65_000 + random.nextInt(200_000)]);
            case 8 -> draft.kind("noise").allow(Leeway.UNIMPLEMENTED).body = Bytes.noise(random, random.nextInt(200));
            default -> {
                draft.kind("endless").allow(Leeway.EXPIRED).ends = false;
                Headers.set(draft.headers, "grpc-timeout", "100m");
                draft.body = java.util.Arrays.copyOf(frame, random.nextInt(frame.length));
            }
        }
        return draft.done();
    }

    /** A whole and good call in pieces: it is as good as any. */
    Input pieces(SplittableRandom random) {
        Draft draft = calls.plain("pieces", random);
        draft.piece = 1 + random.nextInt(40);
        return draft.done();
    }

    /** A call with headers that are not what they should be. */
    Input headers(SplittableRandom random) {
        Draft draft = calls.plain("headers", random).allow(Leeway.ENDED);
        switch (random.nextInt(10)) {
            case 0 -> {
                draft.kind("type").allow(Leeway.HTTP);
                Headers.replace(draft.headers, "content-type", pick(random, TYPES));
            }
            case 1 -> {
                draft.kind("timeout");
                Headers.set(draft.headers, "grpc-timeout", pick(random, TIMEOUTS));
            }
            case 2 -> {
                draft.kind("short").allow(Leeway.EXPIRED);
                Headers.set(draft.headers, "grpc-timeout", pick(random, SHORT_TIMEOUTS));
            }
            case 3 -> {
                draft.kind("encoding").allow(Leeway.UNIMPLEMENTED);
                draft.headers.add(new Input.Header("grpc-encoding", pick(random, ENCODINGS)));
            }
            case 4 -> {
                draft.kind("method").allow(Leeway.HTTP).allow(Leeway.UNIMPLEMENTED);
                Headers.replace(draft.headers, ":method", pick(random, METHODS));
            }
            case 5 -> {
                draft.kind("path").allow(Leeway.HTTP).allow(Leeway.UNIMPLEMENTED);
                Headers.replace(draft.headers, ":path", path(random, draft.rpc.name()));
            }
            case 6 -> {
                draft.kind("many").allow(Leeway.HTTP); // 431
                for (int i = random.nextInt(300); i >= 0; i--) {
                    draft.headers.add(new Input.Header("x-" + i, Words.letters(random, 1 + random.nextInt(30))));
                }
            }
            case 7 -> {
                draft.kind("strange").allow(Leeway.HTTP).allow(Leeway.UNIMPLEMENTED);
                Input.Header strange = STRANGE.get(random.nextInt(STRANGE.size()));
                draft.headers.add(random.nextBoolean() ? draft.headers.size() : 0, strange);
            }
            case 8 -> {
                draft.kind("lost").allow(Leeway.HTTP).allow(Leeway.UNIMPLEMENTED);
                draft.headers.remove(random.nextInt(draft.headers.size()));
            }
            default -> {
                draft.kind("told");
                String name = pick(random, TOLD);
                String value = random.nextBoolean()
                        ? Words.letters(random, random.nextInt(2_000))
                        : new String(
                                Bytes.noise(random, random.nextInt(60)), java.nio.charset.StandardCharsets.ISO_8859_1);
                draft.headers.add(new Input.Header(name, value));
            }
        }
        return draft.done();
    }

    /** gRPC-Web, over HTTP/2, whole or broken: broken from outside only. */
    Input web(SplittableRandom random) {
        boolean broken = random.nextBoolean();
        Draft draft = broken ? outside("web", random) : calls.plain("web", random);
        Headers.replace(
                draft.headers,
                "content-type",
                random.nextBoolean() ? "application/grpc-web" : "application/grpc-web+proto");
        if (broken) {
            draft.kind("broken").allow(Leeway.UNIMPLEMENTED).body = Bytes.mutate(random, draft.body);
        }
        return draft.done();
    }

    private Draft outside(String kind, SplittableRandom random) {
        Draft good = calls.plain(kind, random);
        boolean reads = good.rpc.effect() == Effect.READS;
        byte[] message = java.util.Arrays.copyOfRange(good.body, 5, good.body.length);
        Draft draft = reads ? good : calls.fromOutside(kind, random, good.rpc, message);
        return draft;
    }

    private static String path(SplittableRandom random, String name) {
        return switch (random.nextInt(8)) {
            case 0 -> "/" + name + "/";
            case 1 -> name;
            case 2 -> "/" + name.toLowerCase(java.util.Locale.ROOT);
            case 3 -> "/" + name + "?x=" + Nasty.text(random);
            case 4 -> "/" + Words.letters(random, random.nextInt(6_000));
            case 5 -> "*";
            case 6 -> "//" + name + "%00";
            default -> "/../" + name;
        };
    }

    private static String pick(SplittableRandom random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
