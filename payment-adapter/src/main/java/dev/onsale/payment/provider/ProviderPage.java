package dev.onsale.payment.provider;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Some of the payments a provider has of us.
 *
 * @param found what it has
 * @param next where the next page begins; empty: this was the last
 */
public record ProviderPage(List<Found> found, String next) {

    /**
     * One payment at the provider.
     *
     * @param payment our id of it
     * @param booking the booking it was said to pay for; null: not known
     * @param view how it stands there
     */
    public record Found(UUID payment, @Nullable UUID booking, ProviderView view) {}
}
