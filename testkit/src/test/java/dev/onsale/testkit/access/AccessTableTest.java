package dev.onsale.testkit.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.onsale.proto.access.v1.AccessProto;
import dev.onsale.proto.access.v1.AccessRow;
import dev.onsale.runtime.auth.Role;
import dev.onsale.runtime.rpc.Access;
import dev.onsale.runtime.rpc.FieldValidation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every method there is has its row, and its row is right as far as a proto alone can tell. */
class AccessTableTest {
    private static final List<MethodDescriptor> METHODS = Contracts.methods();
    private static final Path PAGE = Path.of("..", "docs", "access.md");

    @Test
    void findsAllServices() {
        assertThat(Contracts.services())
                .extracting(service -> service.getFullName())
                .contains("onsale.inventory.v1.HoldService", "onsale.waitingroom.v1.WaitingRoomService")
                .hasSizeGreaterThanOrEqualTo(19);
    }

    @Test
    void everyMethodSaysWhoMayCallIt() {
        assertThat(METHODS)
                .filteredOn(method -> !method.getOptions().hasExtension(AccessProto.access))
                .as("methods without `option (onsale.access.v1.access)`: see CONTRIBUTING, Add an RPC")
                .extracting(Contracts::name)
                .isEmpty();
        assertThat(METHODS).allSatisfy(Access::of);
    }

    @Test
    void rolesOfProtosAreThoseOfTokens() {
        assertThat(Stream.of(dev.onsale.proto.access.v1.Role.values())
                        .filter(role -> role != dev.onsale.proto.access.v1.Role.UNRECOGNIZED)
                        .map(role -> role.name().replace("ROLE_", ""))
                        .filter(name -> !name.equals("UNSPECIFIED")))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Role.values()).map(Role::name).toList());
    }

    /** Whoever reaches only what is their own, or only what is not, is asked for nothing that has another owner. */
    @Test
    void whatHasAnOwnerStandsInTheRow() {
        for (MethodDescriptor method : METHODS) {
            AccessRow row = Contracts.row(method);
            Set<String> owned = fields(method.getInputType()).stream()
                    .filter(IdFields::looksLikeId)
                    .map(FieldDescriptor::getName)
                    .filter(field -> IdFields.refusedWith(field).isPresent())
                    .collect(Collectors.toSet());
            boolean byOwner = row.getOwnCount() + row.getOthersCount() > 0;
            assertThat(Set.copyOf(row.getByList()))
                    .as("`by` of " + Contracts.name(method))
                    .isEqualTo(byOwner ? owned : Set.of());
        }
    }

    @Test
    void everyFieldThatLooksLikeAnIdIsKnown() {
        assertThat(METHODS.stream()
                        .flatMap(method -> fields(method.getInputType()).stream())
                        .filter(IdFields::looksLikeId)
                        .filter(field -> !IdFields.known(field.getName()))
                        .map(FieldDescriptor::getFullName)
                        .distinct())
                .as("fields that look like ids and do not stand in IdFields: who owns what they name?")
                .isEmpty();
    }

    @Test
    void everyMethodHasAValidRequestForTheCells() {
        assertThat(AccessRequests.names())
                .containsExactlyInAnyOrderElementsOf(
                        METHODS.stream().map(Contracts::name).toList());
        FieldValidation rules = FieldValidation.of(
                METHODS.stream().map(MethodDescriptor::getInputType).distinct().toList());
        assertThat(METHODS)
                .allSatisfy(method -> assertThat(rules.check(AccessRequests.of(method)))
                        .as(Contracts.name(method))
                        .isNull());
    }

    @Test
    void thePageShowsTheTable() throws IOException {
        if (System.getProperty("access.page", "").equals("write")) {
            Files.writeString(PAGE, AccessPage.text());
        }
        assertThat(PAGE).as("write it anew with -Daccess.page=write").content().isEqualTo(AccessPage.text());
    }

    /** All fields of a request, those of our messages in it too. */
    static List<FieldDescriptor> fields(Descriptor request) {
        List<FieldDescriptor> found = new ArrayList<>();
        Set<Descriptor> seen = new LinkedHashSet<>();
        collect(request, seen, found);
        return found;
    }

    private static void collect(Descriptor message, Set<Descriptor> seen, List<FieldDescriptor> found) {
        if (!message.getFullName().startsWith("onsale.") || !seen.add(message)) {
            return;
        }
        for (FieldDescriptor field : message.getFields()) {
            found.add(field);
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                collect(field.getMessageType(), seen, found);
            }
        }
    }
}
