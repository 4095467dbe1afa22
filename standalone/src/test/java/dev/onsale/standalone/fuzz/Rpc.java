package dev.onsale.standalone.fuzz;

import com.google.protobuf.Message;
import dev.onsale.runtime.auth.Role;
import io.grpc.MethodDescriptor;
import java.util.List;

/**
 * A method of a running service.
 *
 * @param name full, {@code onsale.inventory.v1.HoldService/CreateHold}
 * @param type whether requests and answers are streams
 * @param request an empty one
 * @param port where it is served
 * @param effect what a call can change
 * @param roles that may call it
 * @param open whether it can be called without a token
 */
public record Rpc(
        String name,
        MethodDescriptor.MethodType type,
        Message request,
        int port,
        Effect effect,
        List<Role> roles,
        boolean open) {

    /** Without its service. */
    String verb() {
        return name.substring(name.indexOf('/') + 1);
    }

    boolean streams() {
        return !type.serverSendsOneMessage();
    }
}
