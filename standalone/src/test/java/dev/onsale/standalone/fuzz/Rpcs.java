package dev.onsale.standalone.fuzz;

import com.google.protobuf.Message;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.onsale.runtime.auth.Role;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServiceDescriptor;
import io.vertx.grpc.common.GrpcStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Every method of every service in the contracts, and who may call it, as found by asking the servers. */
final class Rpcs {

    private static final Pattern STUBS = Pattern.compile(".*Grpc\\.class");
    private static final byte[] UNREADABLE = Bytes.frame(new byte[] {-1});
    private static final int PATIENCE_MILLIS = 60_000;

    private final List<Integer> ports;
    private final Function<Role, String> tokens;

    /** Asks the servers on these ports with tokens of each role. */
    Rpcs(List<Integer> ports, Function<Role, String> tokens) {
        this.ports = ports;
        this.tokens = tokens;
    }

    /** All of them. Fails if one is served nowhere. */
    List<Rpc> find() throws Exception {
        List<Rpc> found = new ArrayList<>();
        for (ServiceDescriptor service : services()) {
            for (MethodDescriptor<?, ?> method : service.getMethods()) {
                found.add(known(method));
            }
        }
        return List.copyOf(found);
    }

    private static List<ServiceDescriptor> services() throws ReflectiveOperationException {
        List<ServiceDescriptor> services = new ArrayList<>();
        var classes = new ClassFileImporter()
                .withImportOption(location -> location.matches(STUBS))
                .importPackages("dev.onsale.proto");
        for (JavaClass stubs : classes) {
            if (stubs.isTopLevelClass()) {
                services.add((ServiceDescriptor) Objects.requireNonNull(
                        stubs.reflect().getMethod("getServiceDescriptor").invoke(null)));
            }
        }
        services.sort(java.util.Comparator.comparing(ServiceDescriptor::getName));
        return services;
    }

    private Rpc known(MethodDescriptor<?, ?> method) throws IOException {
        String name = method.getFullMethodName();
        int port = port(name);
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (Role role : Role.values()) {
            if (ask(port, name, tokens.apply(role)).status() != GrpcStatus.PERMISSION_DENIED.code) {
                roles.add(role);
            }
        }
        boolean open = ask(port, name, "").status() != GrpcStatus.UNAUTHENTICATED.code;
        Message empty = (Message)
                Objects.requireNonNull(((PrototypeMarshaller<?>) method.getRequestMarshaller()).getMessagePrototype());
        String verb = name.substring(name.indexOf('/') + 1);
        return new Rpc(name, method.getType(), empty, port, Effect.of(verb), List.copyOf(roles), open);
    }

    private int port(String name) throws IOException {
        for (int port : ports) {
            if (ask(port, name, "").status() != GrpcStatus.UNIMPLEMENTED.code) {
                return port;
            }
        }
        throw new AssertionError("No service answers to " + name);
    }

    /** What no handler ever sees, and no role makes better: a message that can't be read. */
    private static Outcome ask(int port, String name, String token) throws IOException {
        try (Http2Wire wire = new Http2Wire(port, PATIENCE_MILLIS)) {
            List<Input.Header> headers = Headers.usual(name, token);
            headers.add(new Input.Header("grpc-timeout", "200m"));
            return wire.call(new Input.Call(
                    "probe", port, headers, UNREADABLE, UNREADABLE.length, true, true, EnumSet.allOf(Leeway.class)));
        }
    }
}
