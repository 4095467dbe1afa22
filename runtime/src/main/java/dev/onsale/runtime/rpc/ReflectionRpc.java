package dev.onsale.runtime.rpc;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.vertx.core.Future;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.reflection.v1.ErrorResponse;
import io.vertx.grpc.reflection.v1.FileDescriptorResponse;
import io.vertx.grpc.reflection.v1.ListServiceResponse;
import io.vertx.grpc.reflection.v1.ServerReflectionProto;
import io.vertx.grpc.reflection.v1.ServerReflectionRequest;
import io.vertx.grpc.reflection.v1.ServerReflectionResponse;
import io.vertx.grpc.reflection.v1.ServiceResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells clients which services this server has and what their messages are (reflection v1). Each server has its own; one
 * stream may carry many questions.
 */
final class ReflectionRpc {

    private static final ServiceMethod<ServerReflectionRequest, ServerReflectionResponse> INFO = ServiceMethod.server(
            ServiceName.create("grpc.reflection.v1.ServerReflection"),
            "ServerReflectionInfo",
            GrpcMessageEncoder.encoder(),
            GrpcMessageDecoder.decoder(ServerReflectionRequest.getDefaultInstance()));

    private final ListServiceResponse services;
    private final Map<String, FileDescriptor> filesByName = new LinkedHashMap<>();
    private final Map<String, FileDescriptor> filesBySymbol = new LinkedHashMap<>();

    ReflectionRpc(List<ServiceDescriptor> descriptors) {
        var list = ListServiceResponse.newBuilder();
        for (var descriptor : descriptors) {
            list.addService(ServiceResponse.newBuilder().setName(descriptor.getFullName()));
            index(descriptor.getFile());
        }
        this.services = list.build();
    }

    RpcService service() {
        return RpcService.of(descriptor()).duplex(INFO, (call, request) -> answer(request));
    }

    static ServiceDescriptor descriptor() {
        return ServerReflectionProto.getDescriptor().findServiceByName("ServerReflection");
    }

    private Future<ServerReflectionResponse> answer(ServerReflectionRequest request) {
        var response = ServerReflectionResponse.newBuilder()
                .setValidHost(request.getHost())
                .setOriginalRequest(request);
        switch (request.getMessageRequestCase()) {
            case LIST_SERVICES -> response.setListServicesResponse(services);
            case FILE_BY_FILENAME -> file(response, filesByName.get(request.getFileByFilename()));
            case FILE_CONTAINING_SYMBOL -> file(response, filesBySymbol.get(request.getFileContainingSymbol()));
            default -> response.setErrorResponse(error(GrpcStatus.NOT_FOUND, "No extensions here"));
        }
        return Future.succeededFuture(response.build());
    }

    /** The file with everything it imports, the file itself first. */
    private static void file(ServerReflectionResponse.Builder response, @Nullable FileDescriptor file) {
        if (file == null) {
            response.setErrorResponse(error(GrpcStatus.NOT_FOUND, "No such file or symbol"));
            return;
        }
        var found = new LinkedHashMap<String, FileDescriptor>();
        collect(file, found);
        var files = FileDescriptorResponse.newBuilder();
        found.values().forEach(f -> files.addFileDescriptorProto(f.toProto().toByteString()));
        response.setFileDescriptorResponse(files);
    }

    private static void collect(FileDescriptor file, Map<String, FileDescriptor> found) {
        if (found.putIfAbsent(file.getName(), file) == null) {
            file.getDependencies().forEach(dependency -> collect(dependency, found));
        }
    }

    private static ErrorResponse error(GrpcStatus status, String message) {
        return ErrorResponse.newBuilder()
                .setErrorCode(status.code)
                .setErrorMessage(message)
                .build();
    }

    private void index(FileDescriptor file) {
        if (filesByName.putIfAbsent(file.getName(), file) != null) {
            return;
        }
        file.getMessageTypes().forEach(this::index);
        file.getEnumTypes().forEach(type -> filesBySymbol.put(type.getFullName(), file));
        file.getExtensions().forEach(extension -> filesBySymbol.put(extension.getFullName(), file));
        for (var service : file.getServices()) {
            filesBySymbol.put(service.getFullName(), file);
            service.getMethods().forEach(method -> filesBySymbol.put(method.getFullName(), file));
        }
        file.getDependencies().forEach(this::index);
    }

    private void index(Descriptor message) {
        filesBySymbol.put(message.getFullName(), message.getFile());
        message.getEnumTypes().forEach(type -> filesBySymbol.put(type.getFullName(), type.getFile()));
        message.getNestedTypes().forEach(this::index);
    }
}
