package dev.onsale.command;

import dev.onsale.command.catalog.CatalogConfig;
import dev.onsale.command.inventory.SweeperConfig;
import dev.onsale.command.outbox.OutboxConfig;
import dev.onsale.runtime.config.Config;

/**
 * All settings of the service, one record a feature.
 *
 * @param migration whether the schema is brought up to date at the start
 * @param catalog how events are remembered
 * @param outbox how changes travel
 * @param sweeper how holds that ran out are published
 */
record CommandConfig(MigrationConfig migration, CatalogConfig catalog, OutboxConfig outbox, SweeperConfig sweeper) {

    static CommandConfig from(Config config) {
        return new CommandConfig(
                MigrationConfig.from(config),
                CatalogConfig.from(config),
                OutboxConfig.from(config),
                SweeperConfig.from(config));
    }
}
