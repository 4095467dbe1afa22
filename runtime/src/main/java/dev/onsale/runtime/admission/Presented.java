package dev.onsale.runtime.admission;

import dev.onsale.runtime.rpc.Call;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a caller shows to be let in.
 *
 * @param token the admission; null: none
 * @param proof the device's signature of this call; null: none
 * @param account who calls, as proved by the access token
 * @param event what it wants to buy for
 * @param method full name of the method it calls
 */
public record Presented(@Nullable String token, @Nullable String proof, String account, UUID event, String method) {

    /** What this call shows. */
    public static Presented by(Call call, UUID event) {
        return new Presented(
                call.header(Admission.HEADER),
                call.header(Admission.PROOF_HEADER),
                call.account(),
                event,
                call.method());
    }
}
