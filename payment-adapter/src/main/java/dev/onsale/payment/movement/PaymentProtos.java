package dev.onsale.payment.movement;

import com.google.protobuf.Timestamp;
import dev.onsale.runtime.money.Money;
import java.time.Instant;

/** Payments as they travel. */
final class PaymentProtos {
    private PaymentProtos() {}

    static dev.onsale.proto.payment.v1.Payment of(Payment payment) {
        var proto = dev.onsale.proto.payment.v1.Payment.newBuilder()
                .setPaymentId(payment.id().toString())
                .setState(payment.standing().wire())
                .setProvider(payment.provider())
                .setProviderReference(payment.reference())
                .setDeclineCode(payment.declineCode())
                .setCreateTime(timestamp(payment.createdAt()))
                .setVersion(payment.version());
        if (payment.booking() != null) {
            proto.setBookingId(payment.booking().toString());
        }
        if (!payment.currency().isEmpty()) {
            proto.setAmount(money(payment, payment.amount()))
                    .setCaptured(money(payment, payment.captured()))
                    .setRefunded(money(payment, payment.refunded()));
        }
        return proto.build();
    }

    private static Timestamp timestamp(Instant at) {
        return Timestamp.newBuilder()
                .setSeconds(at.getEpochSecond())
                .setNanos(at.getNano())
                .build();
    }

    private static com.google.type.Money money(Payment payment, long minor) {
        return new Money(payment.currency(), minor).toProto();
    }
}
