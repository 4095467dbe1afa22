package dev.onsale.runtime.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.proto.error.v1.ErrorReason;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefusalCodecTest {

    @ParameterizedTest
    @EnumSource(value = ErrorReason.class, mode = EnumSource.Mode.EXCLUDE, names = "UNRECOGNIZED")
    void bringsEveryReasonOverTheWire(ErrorReason reason) {
        var refusal = Refusal.of(reason, "No")
                .with("limit", 4)
                .retryAfter(Duration.ofMillis(250))
                .field("seats[1]", "must be free");

        var decoded = RefusalCodec.decode(refusal.status(), "No", RefusalCodec.toTrailer(refusal));

        assertThat(decoded.reason()).isEqualTo(reason);
        assertThat(decoded.status()).isEqualTo(refusal.status()).isNotEqualTo(GrpcStatus.OK);
        assertThat(decoded.text()).isEqualTo("No");
        assertThat(decoded.metadata()).containsEntry("limit", "4");
        assertThat(decoded.retryAfter()).isEqualTo(Duration.ofMillis(250));
        assertThat(decoded.fields()).containsExactly(new FieldFault("seats[1]", "must be free"));
    }

    @Test
    void keepsMessagesFreeOfWhatSomeClientsShowEscaped() {
        var refusal = Refusal.of(ErrorReason.ERROR_REASON_SOLD_OUT, "a:b/c?d&e%f\ng\u00e9");

        assertThat(RefusalCodec.message(refusal)).isEqualTo("a b c d e f g ");
    }

    @Test
    void leavesOutDetailsThatWouldNotFitIntoTrailers() {
        var refusal = Refusal.of(ErrorReason.ERROR_REASON_SEAT_TAKEN, "Taken").with("seats", "x".repeat(10_000));

        assertThat(RefusalCodec.toTrailer(refusal).length()).isLessThan(7_000);
        var decoded = RefusalCodec.decode(GrpcStatus.ABORTED, "Taken", RefusalCodec.toTrailer(refusal));
        assertThat(decoded.reason()).isEqualTo(ErrorReason.ERROR_REASON_SEAT_TAKEN);
        assertThat(decoded.metadata()).containsEntry("truncated", "true");
    }

    @Test
    void guessesTheReasonOfAnAnswerWithoutDetails() {
        assertThat(RefusalCodec.decode(GrpcStatus.UNAVAILABLE, null, null).reason())
                .isEqualTo(ErrorReason.ERROR_REASON_DEPENDENCY_UNAVAILABLE);
        assertThat(RefusalCodec.decode(GrpcStatus.NOT_FOUND, "x", "%%%").reason())
                .isEqualTo(ErrorReason.ERROR_REASON_RESOURCE_NOT_FOUND);
    }
}
