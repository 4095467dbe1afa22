package dev.onsale.command;

import dev.onsale.command.booking.BookingConfig;
import dev.onsale.command.catalog.CatalogConfig;
import dev.onsale.command.gate.GateConfig;
import dev.onsale.command.inventory.SweeperConfig;
import dev.onsale.command.mail.MailSettings;
import dev.onsale.command.outbox.OutboxConfig;
import dev.onsale.command.partner.PartnerConfig;
import dev.onsale.command.postponement.PostponementConfig;
import dev.onsale.command.presale.PresaleConfig;
import dev.onsale.command.risk.RiskConfig;
import dev.onsale.command.saga.SagaConfig;
import dev.onsale.command.ticket.TicketConfig;
import dev.onsale.runtime.audit.AuditConfig;
import dev.onsale.runtime.config.Config;

/**
 * All settings of the service, one record a feature.
 *
 * @param migration whether the schema is brought up to date at the start
 * @param catalog how events are remembered
 * @param outbox how changes travel
 * @param sweeper how holds that ran out are published
 * @param bookings how bookings are checked out
 * @param sagas how sagas are run
 * @param tickets how tickets are signed and handed on
 * @param postponements how fast buyers are told of them
 * @param gate whose admissions are believed, and how fresh that is
 * @param partners how partners are let in and told
 * @param presales how presale codes are kept and tried
 * @param risk who looks like a scalper, and what follows
 * @param mail how mail is sent
 * @param audit how the audit log is anchored
 */
record CommandConfig(
        MigrationConfig migration,
        CatalogConfig catalog,
        OutboxConfig outbox,
        SweeperConfig sweeper,
        BookingConfig bookings,
        SagaConfig sagas,
        TicketConfig tickets,
        PostponementConfig postponements,
        GateConfig gate,
        RiskConfig risk,
        PresaleConfig presales,
        PartnerConfig partners,
        MailSettings mail,
        AuditConfig audit) {

    static CommandConfig from(Config config) {
        return new CommandConfig(
                MigrationConfig.from(config),
                CatalogConfig.from(config),
                OutboxConfig.from(config),
                SweeperConfig.from(config),
                BookingConfig.from(config),
                SagaConfig.from(config),
                TicketConfig.from(config),
                PostponementConfig.from(config),
                GateConfig.from(config),
                RiskConfig.from(config),
                PresaleConfig.from(config),
                PartnerConfig.from(config),
                MailSettings.from(config),
                AuditConfig.from(config));
    }
}
