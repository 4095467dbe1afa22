package dev.onsale.command.privacy;

import dev.onsale.proto.payment.v1.ForgetPayerRequest;
import dev.onsale.proto.payment.v1.ForgetPayerResponse;
import dev.onsale.proto.payment.v1.PaymentServiceGrpcClient;
import dev.onsale.proto.waitingroom.v1.ForgetVisitorRequest;
import dev.onsale.proto.waitingroom.v1.WaitingRoomAdminServiceGrpcClient;
import dev.onsale.runtime.rpc.RpcClient;
import io.vertx.core.Future;
import java.util.List;
import java.util.UUID;

/** The services that know something of an account by themselves. */
final class PrivacyNeighbours {
    private final RpcClient payment;
    private final RpcClient waitingRoom;

    PrivacyNeighbours(RpcClient payment, RpcClient waitingRoom) {
        this.payment = payment;
        this.waitingRoom = waitingRoom;
    }

    /** Makes the payment adapter forget what these payments were paid with. */
    Future<ForgetPayerResponse> forgetPayer(List<UUID> payments) {
        ForgetPayerRequest request = ForgetPayerRequest.newBuilder()
                .addAllPaymentIds(payments.stream().map(UUID::toString).toList())
                .build();
        return payment.call(PaymentServiceGrpcClient.ForgetPayer, request);
    }

    /** Makes the waiting room forget what an account did; answers how many rows. */
    Future<Long> forgetVisitor(String account, String pseudonym) {
        ForgetVisitorRequest request = ForgetVisitorRequest.newBuilder()
                .setAccount(account)
                .setPseudonym(pseudonym)
                .build();
        return waitingRoom
                .call(WaitingRoomAdminServiceGrpcClient.ForgetVisitor, request)
                .map(answer -> answer.getForgotten());
    }
}
