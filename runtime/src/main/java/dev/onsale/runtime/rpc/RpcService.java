package dev.onsale.runtime.rpc;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import io.vertx.grpc.common.ServiceMethod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A proto service with a handler for each of its methods. Who may call them is said in the proto, see {@link Access}.
 *
 * <pre>{@code
 * RpcService.of(HoldServiceGrpcService.SERVICE_DESCRIPTOR)
 *         .unary(HoldServiceGrpcService.CreateHold, this::createHold)
 * }</pre>
 */
public final class RpcService {

    private final ServiceDescriptor descriptor;
    private final Map<String, Access> access;
    private final Map<String, RpcMethod<?, ?>> methods = new LinkedHashMap<>();

    private RpcService(ServiceDescriptor descriptor, Map<String, Access> access) {
        this.descriptor = descriptor;
        this.access = access;
    }

    /**
     * A service without handlers yet; a method that never gets one answers UNIMPLEMENTED.
     *
     * @throws IllegalStateException if the proto does not say of every method who may call it
     */
    public static RpcService of(ServiceDescriptor descriptor) {
        return of(descriptor, Access::of);
    }

    /** The same by another table, for benches and tests of the server itself; what Onsale serves goes by its protos. */
    public static RpcService of(ServiceDescriptor descriptor, Function<MethodDescriptor, Access> table) {
        return new RpcService(
                descriptor,
                descriptor.getMethods().stream().collect(Collectors.toMap(MethodDescriptor::getName, table)));
    }

    /** Adds a method with one request and one response. */
    public <Q extends Message, R extends Message> RpcService unary(
            ServiceMethod<Q, R> method, UnaryHandler<Q, R> handler) {
        return add(new RpcMethod.Unary<>(method, access(method), handler), false, false);
    }

    /** Adds a method that answers with a stream. */
    public <Q extends Message, R extends Message> RpcService serverStream(
            ServiceMethod<Q, R> method, ServerStreamHandler<Q, R> handler) {
        return add(new RpcMethod.ServerStream<>(method, access(method), handler), false, true);
    }

    /** Adds a method that takes a stream. */
    public <Q extends Message, R extends Message> RpcService clientStream(
            ServiceMethod<Q, R> method, ClientStreamHandler<Q, R> handler) {
        return add(new RpcMethod.ClientStream<>(method, access(method), handler), true, false);
    }

    <Q extends Message, R extends Message> RpcService duplex(ServiceMethod<Q, R> method, UnaryHandler<Q, R> handler) {
        return add(new RpcMethod.Duplex<>(method, access(method), handler), true, true);
    }

    /** Of a method that is none of this service nothing is known; {@link #add} refuses it. */
    private Access access(ServiceMethod<?, ?> method) {
        return access.getOrDefault(method.methodName(), Access.SIGNED_IN);
    }

    private RpcService add(RpcMethod<?, ?> method, boolean manyRequests, boolean manyResponses) {
        var name = method.method().methodName();
        MethodDescriptor declared = descriptor.findMethodByName(name);
        boolean fits = declared != null
                && declared.isClientStreaming() == manyRequests
                && declared.isServerStreaming() == manyResponses
                && declared.getService()
                        .getFullName()
                        .equals(method.method().serviceName().fullyQualifiedName());
        if (!fits || methods.putIfAbsent(name, method) != null) {
            throw new IllegalArgumentException(
                    "Not a method of this kind of " + descriptor.getFullName() + ", or given twice: " + name);
        }
        return this;
    }

    /** The proto service. */
    public ServiceDescriptor descriptor() {
        return descriptor;
    }

    /** Methods of the proto that have no handler. */
    public List<String> unimplemented() {
        return descriptor.getMethods().stream()
                .map(MethodDescriptor::getName)
                .filter(name -> !methods.containsKey(name))
                .toList();
    }

    List<RpcMethod<?, ?>> methods() {
        return List.copyOf(methods.values());
    }
}
