package dev.onsale.command.admin;

import com.google.protobuf.ByteString;
import dev.onsale.proto.catalog.v1.ImportSeatMapRequest;
import dev.onsale.proto.catalog.v1.ImportSeatMapResponse;
import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.RequestCollector;
import io.vertx.core.Future;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects the chunks of one seat map, at most 16 MiB. */
final class SeatMapUpload implements RequestCollector<ImportSeatMapRequest, ImportSeatMapResponse> {
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    /**
     * All of it.
     *
     * @param header what is being imported
     * @param json the document
     */
    record Whole(ImportSeatMapRequest.Header header, ByteString json) {
        /** SHA-256 of the document, hexadecimal. */
        String contentHash() {
            return HexFormat.of().formatHex(sha256().digest(json.toByteArray()));
        }

        /** SHA-256 of header and document: what a repeat must have too. */
        byte[] requestHash() {
            MessageDigest digest = sha256();
            digest.update(header.toByteArray());
            return digest.digest(json.toByteArray());
        }
    }

    private final Semaphore room;
    private final boolean admitted;
    private final AtomicBoolean left = new AtomicBoolean();
    private final Function<Whole, Future<ImportSeatMapResponse>> store;
    private ByteString json = ByteString.EMPTY;
    private ImportSeatMapRequest.@Nullable Header header;

    SeatMapUpload(Semaphore room, Function<Whole, Future<ImportSeatMapResponse>> store) {
        this.room = room;
        this.admitted = room.tryAcquire();
        this.store = store;
    }

    @Override
    public Future<Void> add(ImportSeatMapRequest request) {
        if (!admitted) {
            return Refusal.of(ErrorReason.ERROR_REASON_OVERLOADED, "Too many imports at once")
                    .retryAfter(Duration.ofSeconds(2))
                    .future();
        }
        if (request.hasHeader() == (header != null)) {
            return Refusal.invalid("header", "must be in the first message and in no other")
                    .future();
        }
        if (request.hasHeader()) {
            header = request.getHeader();
        }
        return append(request.getChunk());
    }

    private Future<Void> append(ByteString chunk) {
        if (json.size() + chunk.size() > MOST_BYTES) {
            return Refusal.invalid("chunk", "must not be above 16 MiB in all").future();
        }
        json = json.concat(chunk);
        return Future.succeededFuture();
    }

    @Override
    public Future<ImportSeatMapResponse> finish() {
        ImportSeatMapRequest.Header named = header;
        if (named == null) {
            leave();
            return Refusal.invalid("header", "must be in the first message").future();
        }
        return store.apply(new Whole(named, json)).onComplete(done -> leave());
    }

    @Override
    public void cancelled() {
        leave();
    }

    private void leave() {
        json = ByteString.EMPTY;
        if (admitted && left.compareAndSet(false, true)) {
            room.release();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
