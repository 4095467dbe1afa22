package dev.onsale.query.web;

import com.google.api.AnnotationsProto;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Message;
import dev.onsale.runtime.rpc.Access;
import io.vertx.core.Future;
import java.util.function.Function;

/**
 * A public read that is also served as HTTP.
 *
 * @param method the RPC, with its `google.api.http` annotation
 * @param request an empty request
 * @param handler answers it
 * @param maxAgeSeconds how long caches may give out the answer without asking
 * @param <Q> the request
 * @param <R> the response
 */
public record HttpRead<Q extends Message, R extends Message>(
        MethodDescriptor method, Q request, Function<Q, Future<R>> handler, int maxAgeSeconds) {
    /** Nobody's token is looked at over HTTP, so only what is open to everybody can be read there. */
    public HttpRead {
        if (!Access.of(method).open()) {
            throw new IllegalArgumentException(method.getFullName() + " is not open to everybody");
        }
    }

    /**
     * The path.
     *
     * @return as vertx-web writes it, e.g. `/v1/events/:event_id`
     */
    String path() {
        String get = method.getOptions().getExtension(AnnotationsProto.http).getGet();
        if (get.isEmpty()) {
            throw new IllegalArgumentException(method.getFullName() + " has no google.api.http annotation with get");
        }
        return get.replaceAll("\\{([a-z_]+)}", ":$1");
    }

    @SuppressWarnings("unchecked") // The builder of an empty Q builds a Q.
    Future<? extends Message> answer(Message filled) {
        return handler.apply((Q) filled);
    }
}
