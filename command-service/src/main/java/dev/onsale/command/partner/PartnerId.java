package dev.onsale.command.partner;

import dev.onsale.runtime.auth.PartnerClaims;
import dev.onsale.runtime.error.Refusal;
import dev.onsale.runtime.rpc.Call;
import java.util.UUID;

/** The partner behind an account. */
final class PartnerId {

    private PartnerId() {}

    /** The partner that calls. Refuses with RESOURCE_NOT_FOUND if the caller is none that is registered. */
    static UUID of(Call call) {
        String account = call.account();
        if (!account.startsWith(PartnerClaims.ACCOUNT_PREFIX)) {
            throw Refusal.notFound("partner");
        }
        return UUID.fromString(account.substring(PartnerClaims.ACCOUNT_PREFIX.length()));
    }
}
