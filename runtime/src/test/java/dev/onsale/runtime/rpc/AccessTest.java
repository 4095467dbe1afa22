package dev.onsale.runtime.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodOptions;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.onsale.proto.access.v1.AccessProto;
import dev.onsale.proto.access.v1.AccessRow;
import dev.onsale.proto.access.v1.Audience;
import dev.onsale.runtime.auth.Principal;
import dev.onsale.runtime.auth.Role;
import io.vertx.grpc.health.v1.HealthProto;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTest {
    private static final AccessRow OPERATORS = AccessRow.newBuilder()
            .addAny(dev.onsale.proto.access.v1.Role.ROLE_OPERATOR)
            .build();

    @Test
    void aServiceIsNotServedIfOneOfItsMethodsDoesNotSayWhoMayCallIt() throws DescriptorValidationException {
        ServiceDescriptor service = service(MethodOptions.getDefaultInstance());

        assertThatThrownBy(() -> RpcService.of(service))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("test.v1.BareService.DoThing has none");
    }

    @Test
    void aRowMustNotContradictItself() throws DescriptorValidationException {
        refused(AccessRow.getDefaultInstance(), "must name roles or say to whom it is open");
        refused(OPERATORS.toBuilder().setOpenTo(Audience.AUDIENCE_SIGNED_IN).build(), "and not both");
        refused(OPERATORS.toBuilder().setOpenToValue(77).build(), "and not both");
        refused(OPERATORS.toBuilder().addOwn(OPERATORS.getAny(0)).build(), "one twice");
        refused(OPERATORS.toBuilder().addAnyValue(77).build(), "a role that does not exist");
        refused(
                OPERATORS.toBuilder()
                        .addAny(dev.onsale.proto.access.v1.Role.ROLE_UNSPECIFIED)
                        .build(),
                "a role that does not exist");
        refused(OPERATORS.toBuilder().addBy("no_such_field").build(), "fields that the request has not got");
    }

    private static void refused(AccessRow row, String why) throws DescriptorValidationException {
        ServiceDescriptor service = service(
                MethodOptions.newBuilder().setExtension(AccessProto.access, row).build());
        assertThatThrownBy(() -> RpcService.of(service))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(why);
    }

    @Test
    void healthAndReflectionAreOpenToEverybody() {
        assertThat(HealthProto.getDescriptor().findServiceByName("Health").getMethods())
                .isNotEmpty()
                .allSatisfy(method -> assertThat(Access.of(method)).isEqualTo(Access.PUBLIC));
        assertThat(ReflectionRpc.descriptor().getMethods())
                .isNotEmpty()
                .allSatisfy(method -> assertThat(Access.of(method)).isEqualTo(Access.PUBLIC));
    }

    @ParameterizedTest
    @CsvSource({
        "FAN,      alice, true",
        "FAN,      bob,   false",
        "SUPPORT,  alice, true",
        "SUPPORT,  bob,   true",
        "OPERATOR, alice, false",
        "OPERATOR, bob,   true",
        "SCANNER,  alice, false",
        "SCANNER,  bob,   false"
    })
    void rolesReachAsFarAsTheRowSays(Role role, String owner, boolean reached) throws DescriptorValidationException {
        var row = AccessRow.newBuilder()
                .addOwn(dev.onsale.proto.access.v1.Role.ROLE_FAN)
                .addAny(dev.onsale.proto.access.v1.Role.ROLE_SUPPORT)
                .addOthers(dev.onsale.proto.access.v1.Role.ROLE_OPERATOR)
                .build();
        var access = Access.of(service(MethodOptions.newBuilder()
                        .setExtension(AccessProto.access, row)
                        .build())
                .getMethods()
                .getFirst());

        assertThat(access.reaches(new Principal("alice", Set.of(role), Instant.MAX), owner))
                .isEqualTo(reached);
    }

    private static ServiceDescriptor service(MethodOptions options) throws DescriptorValidationException {
        var file = FileDescriptorProto.newBuilder()
                .setName("bare.proto")
                .setPackage("test.v1")
                .setSyntax("proto3")
                .addMessageType(DescriptorProto.newBuilder().setName("Nothing"))
                .addService(ServiceDescriptorProto.newBuilder()
                        .setName("BareService")
                        .addMethod(MethodDescriptorProto.newBuilder()
                                .setName("DoThing")
                                .setInputType(".test.v1.Nothing")
                                .setOutputType(".test.v1.Nothing")
                                .setOptions(options)));
        return FileDescriptor.buildFrom(file.build(), new FileDescriptor[0]).findServiceByName("BareService");
    }
}
