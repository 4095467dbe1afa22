package dev.onsale.command.partner;

import com.google.protobuf.Timestamp;
import dev.onsale.proto.partner.v1.ApiKey;
import dev.onsale.proto.partner.v1.Partner;
import dev.onsale.proto.partner.v1.PartnerState;
import dev.onsale.runtime.auth.Ability;
import dev.onsale.runtime.auth.Scope;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Partners and keys, as stored and as shown. */
final class PartnerView {
    private static final String ABILITY = "ABILITY_";

    private PartnerView() {}

    static Partner partner(Row row) {
        return Partner.newBuilder()
                .setPartnerId(row.getUUID("id").toString())
                .setName(row.getString("name"))
                .setState(
                        row.getBoolean("suspended")
                                ? PartnerState.PARTNER_STATE_SUSPENDED
                                : PartnerState.PARTNER_STATE_ACTIVE)
                .setAccount(row.getString("account"))
                .setCreateTime(time(row.getOffsetDateTime("created_at").toInstant()))
                .build();
    }

    static ApiKey key(Row row) {
        ApiKey.Builder key = ApiKey.newBuilder()
                .setKeyId(row.getString("key_id"))
                .setPartnerId(row.getUUID("partner_id").toString())
                .setLabel(row.getString("label"))
                .setScope(scope(scope(row)))
                .setCreateTime(time(row.getOffsetDateTime("created_at").toInstant()));
        ifThere(row, "expires_at", key::setExpireTime);
        ifThere(row, "revoked_at", key::setRevokeTime);
        ifThere(row, "last_used_at", key::setLastUsedTime);
        @Nullable String follower = row.getString("replaced_by");
        if (follower != null) {
            key.setReplacedBy(follower);
        }
        return key.build();
    }

    /** The scope in a row of {@code api_keys}. */
    static Scope scope(Row row) {
        Set<Ability> abilities = EnumSet.noneOf(Ability.class);
        for (String word : row.getArrayOfStrings("abilities")) {
            Ability.ofClaim(word).ifPresent(abilities::add);
        }
        UUID @Nullable [] events = row.getArrayOfUUIDs("events");
        return new Scope(abilities, Optional.ofNullable(events).map(only -> Set.copyOf(Arrays.asList(only))));
    }

    /** The scope in a request. */
    static Scope scope(dev.onsale.proto.partner.v1.Scope wire) {
        Set<Ability> abilities = EnumSet.noneOf(Ability.class);
        wire.getAbilitiesList()
                .forEach(ability -> abilities.add(Ability.valueOf(ability.name().substring(ABILITY.length()))));
        Set<UUID> events =
                Set.copyOf(wire.getEventIdsList().stream().map(UUID::fromString).toList());
        return new Scope(abilities, events.isEmpty() ? Optional.empty() : Optional.of(events));
    }

    static dev.onsale.proto.partner.v1.Scope scope(Scope scope) {
        var wire = dev.onsale.proto.partner.v1.Scope.newBuilder();
        scope.abilities().stream()
                .sorted()
                .forEach(ability ->
                        wire.addAbilities(dev.onsale.proto.partner.v1.Ability.valueOf(ABILITY + ability.name())));
        scope.events()
                .ifPresent(only -> only.stream().map(UUID::toString).sorted().forEach(wire::addEventIds));
        return wire.build();
    }

    static String[] words(Scope scope) {
        return scope.abilities().stream()
                .map(ability -> ability.name().toLowerCase(Locale.ROOT))
                .sorted()
                .toArray(String[]::new);
    }

    static void ifThere(Row row, String column, Consumer<Timestamp> set) {
        @Nullable OffsetDateTime at = row.getOffsetDateTime(column);
        if (at != null) {
            set.accept(time(at.toInstant()));
        }
    }

    static Timestamp time(Instant at) {
        return Timestamp.newBuilder()
                .setSeconds(at.getEpochSecond())
                .setNanos(at.getNano())
                .build();
    }
}
