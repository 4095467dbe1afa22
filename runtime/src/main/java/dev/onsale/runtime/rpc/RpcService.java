package dev.onsale.runtime.rpc;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import io.vertx.grpc.common.ServiceMethod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A proto service with a handler and an access rule for each of its methods.
 *
 * <pre>{@code
 * RpcService.of(HoldServiceGrpcService.SERVICE_DESCRIPTOR)
 *         .unary(HoldServiceGrpcService.CreateHold, Access.of(Role.FAN), this::createHold)
 * }</pre>
 */
public final class RpcService {

    private final ServiceDescriptor descriptor;
    private final Map<String, RpcMethod<?, ?>> methods = new LinkedHashMap<>();

    private RpcService(ServiceDescriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** A service without handlers yet; a method that never gets one answers UNIMPLEMENTED. */
    public static RpcService of(ServiceDescriptor descriptor) {
        return new RpcService(descriptor);
    }

    /** Adds a method with one request and one response. */
    public <Q extends Message, R extends Message> RpcService unary(
            ServiceMethod<Q, R> method, Access access, UnaryHandler<Q, R> handler) {
        return add(new RpcMethod.Unary<>(method, access, handler), false, false);
    }

    /** Adds a method that answers with a stream. */
    public <Q extends Message, R extends Message> RpcService serverStream(
            ServiceMethod<Q, R> method, Access access, ServerStreamHandler<Q, R> handler) {
        return add(new RpcMethod.ServerStream<>(method, access, handler), false, true);
    }

    /** Adds a method that takes a stream. */
    public <Q extends Message, R extends Message> RpcService clientStream(
            ServiceMethod<Q, R> method, Access access, ClientStreamHandler<Q, R> handler) {
        return add(new RpcMethod.ClientStream<>(method, access, handler), true, false);
    }

    <Q extends Message, R extends Message> RpcService duplex(
            ServiceMethod<Q, R> method, Access access, UnaryHandler<Q, R> handler) {
        return add(new RpcMethod.Duplex<>(method, access, handler), true, true);
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

    /** Who may call each method, by its short name: for the table of roles and the tests of it. */
    public Map<String, Access> access() {
        var table = new LinkedHashMap<String, Access>();
        methods.forEach((name, method) -> table.put(name, method.access()));
        return table;
    }

    List<RpcMethod<?, ?>> methods() {
        return List.copyOf(methods.values());
    }
}
