package dev.onsale.runtime.rpc;

import com.google.protobuf.Message;
import io.vertx.grpc.common.ServiceMethod;

/** A method with its handler: what kind of call it is, and who may make it. */
sealed interface RpcMethod<Q extends Message, R extends Message> {

    ServiceMethod<Q, R> method();

    Access access();

    /** Whether the request must be exactly one message. */
    default boolean oneRequest() {
        return true;
    }

    /** Whether the call may live as long as a stream. */
    default boolean longLived() {
        return false;
    }

    /** One request, one response. */
    record Unary<Q extends Message, R extends Message>(
            ServiceMethod<Q, R> method, Access access, UnaryHandler<Q, R> handler) implements RpcMethod<Q, R> {}

    /** One request, a stream of responses. */
    record ServerStream<Q extends Message, R extends Message>(
            ServiceMethod<Q, R> method, Access access, ServerStreamHandler<Q, R> handler) implements RpcMethod<Q, R> {
        @Override
        public boolean longLived() {
            return true;
        }
    }

    /** A stream of requests, one response. */
    record ClientStream<Q extends Message, R extends Message>(
            ServiceMethod<Q, R> method, Access access, ClientStreamHandler<Q, R> handler) implements RpcMethod<Q, R> {
        @Override
        public boolean oneRequest() {
            return false;
        }

        @Override
        public boolean longLived() {
            return true;
        }
    }

    /** A stream of requests, each answered at once. Only reflection is like that. */
    record Duplex<Q extends Message, R extends Message>(
            ServiceMethod<Q, R> method, Access access, UnaryHandler<Q, R> handler) implements RpcMethod<Q, R> {
        @Override
        public boolean oneRequest() {
            return false;
        }
    }
}
