package dev.onsale.runtime.auth;

import dev.onsale.proto.error.v1.ErrorReason;
import dev.onsale.runtime.error.Refusal;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a token may be used for, within what its roles allow. Only tokens of partners' API keys have less than all.
 *
 * @param abilities what for
 * @param events with which events alone; empty: with all
 */
public record Scope(Set<Ability> abilities, Optional<Set<UUID>> events) {

    /** Everything. */
    public static final Scope ALL = new Scope(EnumSet.allOf(Ability.class), Optional.empty());

    /** Copies both. */
    public Scope {
        abilities = Set.copyOf(abilities);
        events = events.map(Set::copyOf);
    }

    /** Whether it may be used for this. */
    public boolean allows(Ability ability) {
        return abilities.contains(ability);
    }

    /** Whether it may be used with this event. */
    public boolean allows(UUID event) {
        return events.isEmpty() || events.get().contains(event);
    }

    /** Whether it may be used with every event. */
    public boolean allEvents() {
        return events.isEmpty();
    }

    /**
     * The refusal of what it does not allow: SCOPE_REQUIRED.
     *
     * @param missing an ability's {@link Ability#claim}, {@code event} or {@code all_events}
     */
    public static Refusal missing(String missing) {
        return Refusal.of(ErrorReason.ERROR_REASON_SCOPE_REQUIRED, "The API key is not made for this")
                .with("missing", missing);
    }
}
