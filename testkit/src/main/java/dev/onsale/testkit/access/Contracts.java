package dev.onsale.testkit.access;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.onsale.proto.access.v1.AccessProto;
import dev.onsale.proto.access.v1.AccessRow;
import dev.onsale.proto.inventory.v1.HoldServiceGrpcService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** All services of our protos, found among the generated classes: nobody can forget to list one. */
public final class Contracts {
    private static final String SUFFIX = "GrpcService.class";

    private Contracts() {}

    /** Every service, by name. */
    public static List<ServiceDescriptor> services() {
        try {
            Path place = Path.of(HoldServiceGrpcService.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isDirectory(place)) {
                return services(place);
            }
            try (var jar = FileSystems.newFileSystem(place)) {
                return services(jar.getPath("/"));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static List<ServiceDescriptor> services(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(file -> file.endsWith(SUFFIX) && !file.contains("$"))
                    .map(file ->
                            file.substring(0, file.length() - ".class".length()).replace('/', '.'))
                    .map(Contracts::descriptor)
                    .sorted(Comparator.comparing(ServiceDescriptor::getFullName))
                    .toList();
        }
    }

    private static ServiceDescriptor descriptor(String className) {
        try {
            return (ServiceDescriptor)
                    Class.forName(className).getField("SERVICE_DESCRIPTOR").get(null);
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException("The stubs are generated otherwise now: " + className, changed);
        }
    }

    /** Every method of every service. */
    public static List<MethodDescriptor> methods() {
        return services().stream()
                .flatMap(service -> service.getMethods().stream())
                .toList();
    }

    /** What the proto says of a method; an empty row if nothing. */
    public static AccessRow row(MethodDescriptor method) {
        return method.getOptions().getExtension(AccessProto.access);
    }

    /** The name as in a URL, e.g. {@code onsale.inventory.v1.HoldService/GetHold}. */
    public static String name(MethodDescriptor method) {
        return method.getService().getFullName() + "/" + method.getName();
    }
}
