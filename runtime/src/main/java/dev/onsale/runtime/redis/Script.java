package dev.onsale.runtime.redis;

import dev.onsale.runtime.error.Refusal;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A Lua script kept in a {@code .lua} file beside its class, with its contract in the header. Runs by its hash; a server
 * that doesn't know it (restarted, failed over) is sent the text.
 *
 * <p>A script with {@code @flags allow-oom} also runs when Redis is full, on Redis 6 and 7 alike. Redis 7 takes the flag
 * in a shebang line. Redis 6 has none, but lets a script go on that has already written, so such a script there begins by
 * deleting a key that doesn't exist.
 */
public final class Script {

    private static final int FIRST_WITH_SHEBANG = 7;
    private static final String WRITE_NOTHING = "redis.call('DEL', KEYS[1] .. ':none') ";

    private final String name;
    private final ScriptHeader header;
    private final String source;
    private final Text plain;
    private final Text shebang;

    private Script(String name, ScriptHeader header, String source) {
        this.name = name;
        this.header = header;
        this.source = source;
        boolean oom = header.allowsOom();
        this.plain = Text.of(oom ? WRITE_NOTHING + source : source);
        this.shebang = oom ? Text.of("#!lua flags=" + String.join(",", header.flags()) + "\n" + source) : plain;
    }

    /**
     * Loads a script from the class path.
     *
     * @throws IllegalArgumentException if there is no such file or its header lacks a part of the contract
     */
    public static Script load(Class<?> beside, String file) {
        var source = ScriptSource.read(beside, file);
        return new Script(file, ScriptHeader.parse(file, source), source);
    }

    /** The same script with its text changed: for tests that need another clock, or want to see a planted bug caught. */
    public Script rewritten(UnaryOperator<String> change) {
        return new Script(name, header, change.apply(source));
    }

    /** The sentence that says what the script is for. */
    public String purpose() {
        return header.purpose();
    }

    /** SHA-1 of the text by which a script without flags is known to every server, hexadecimal. */
    public String plainSha() {
        return plain.sha();
    }

    /** Runs the script. Keys are those of the header, in order. */
    public Future<Response> run(Redis redis, List<String> keys, List<String> arguments) {
        if (!header.accepts(keys.size())) {
            throw new IllegalArgumentException(name + " takes the keys " + header.keys() + ", not " + keys.size());
        }
        var server = redis.server();
        if (server == null) {
            return Refusal.unavailable("redis").future();
        }
        var text = server.major() >= FIRST_WITH_SHEBANG ? shebang : plain;
        return redis.send(request(Command.EVALSHA, text.sha(), keys, arguments))
                .recover(failure ->
                        failure instanceof RedisFault fault && fault.code().equals("NOSCRIPT")
                                ? redis.send(request(Command.EVAL, text.source(), keys, arguments))
                                : Future.failedFuture(failure))
                .map(this::present);
    }

    private Response present(@Nullable Response response) {
        if (response == null) {
            throw new IllegalStateException(name + " answered nothing");
        }
        return response;
    }

    private static Request request(Command command, String script, List<String> keys, List<String> arguments) {
        var request = Request.cmd(command).arg(script).arg(keys.size());
        keys.forEach(request::arg);
        arguments.forEach(request::arg);
        return request;
    }

    /** The text sent and its hash. */
    private record Text(String source, String sha) {

        static Text of(String source) {
            try {
                var digest = MessageDigest.getInstance("SHA-1").digest(source.getBytes(StandardCharsets.UTF_8));
                return new Text(source, HexFormat.of().formatHex(digest));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
