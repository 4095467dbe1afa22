package dev.onsale.runtime.limit;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import dev.onsale.proto.audit.v1.AuditLogServiceGrpcService;
import dev.onsale.proto.booking.v1.BookingServiceGrpcService;
import dev.onsale.proto.booking.v1.RefundServiceGrpcService;
import dev.onsale.proto.catalog.v1.CatalogAdminServiceGrpcService;
import dev.onsale.proto.gate.v1.GateServiceGrpcService;
import dev.onsale.proto.inventory.v1.BoxOfficeServiceGrpcService;
import dev.onsale.proto.inventory.v1.HoldServiceGrpcService;
import dev.onsale.proto.inventory.v1.InventoryRepairServiceGrpcService;
import dev.onsale.proto.partner.v1.PartnerAdminServiceGrpcService;
import dev.onsale.proto.partner.v1.PartnerFeedServiceGrpcService;
import dev.onsale.proto.partner.v1.PartnerTokenServiceGrpcService;
import dev.onsale.proto.partner.v1.PartnerWebhookServiceGrpcService;
import dev.onsale.proto.payment.v1.PaymentServiceGrpcService;
import dev.onsale.proto.presale.v1.PresaleAdminServiceGrpcService;
import dev.onsale.proto.presale.v1.PresaleServiceGrpcService;
import dev.onsale.proto.privacy.v1.PrivacyServiceGrpcService;
import dev.onsale.proto.query.v1.AccessRecordServiceGrpcService;
import dev.onsale.proto.query.v1.AvailabilityServiceGrpcService;
import dev.onsale.proto.query.v1.BookingSearchServiceGrpcService;
import dev.onsale.proto.query.v1.BookingTimelineServiceGrpcService;
import dev.onsale.proto.query.v1.CatalogQueryServiceGrpcService;
import dev.onsale.proto.query.v1.InventoryAuditServiceGrpcService;
import dev.onsale.proto.query.v1.ProjectionAdminServiceGrpcService;
import dev.onsale.proto.query.v1.SeatMapServiceGrpcService;
import dev.onsale.proto.risk.v1.RiskServiceGrpcService;
import dev.onsale.proto.ticket.v1.TicketServiceGrpcService;
import dev.onsale.proto.waitingroom.v1.WaitingRoomAdminServiceGrpcService;
import dev.onsale.proto.waitingroom.v1.WaitingRoomServiceGrpcService;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The methods of all our services, so that settings of one file can speak of those of another service and a misspelt name is
 * found out. A service that is not in this list has limits, but settings can't name it.
 */
final class Methods {

    /** Every service in {@code proto/}; a test compares. */
    static final List<ServiceDescriptor> SERVICES = List.of(
            AccessRecordServiceGrpcService.SERVICE_DESCRIPTOR,
            AuditLogServiceGrpcService.SERVICE_DESCRIPTOR,
            AvailabilityServiceGrpcService.SERVICE_DESCRIPTOR,
            BookingSearchServiceGrpcService.SERVICE_DESCRIPTOR,
            BookingServiceGrpcService.SERVICE_DESCRIPTOR,
            BookingTimelineServiceGrpcService.SERVICE_DESCRIPTOR,
            BoxOfficeServiceGrpcService.SERVICE_DESCRIPTOR,
            CatalogAdminServiceGrpcService.SERVICE_DESCRIPTOR,
            CatalogQueryServiceGrpcService.SERVICE_DESCRIPTOR,
            GateServiceGrpcService.SERVICE_DESCRIPTOR,
            HoldServiceGrpcService.SERVICE_DESCRIPTOR,
            InventoryAuditServiceGrpcService.SERVICE_DESCRIPTOR,
            InventoryRepairServiceGrpcService.SERVICE_DESCRIPTOR,
            PartnerAdminServiceGrpcService.SERVICE_DESCRIPTOR,
            PartnerFeedServiceGrpcService.SERVICE_DESCRIPTOR,
            PartnerTokenServiceGrpcService.SERVICE_DESCRIPTOR,
            PartnerWebhookServiceGrpcService.SERVICE_DESCRIPTOR,
            PaymentServiceGrpcService.SERVICE_DESCRIPTOR,
            PresaleAdminServiceGrpcService.SERVICE_DESCRIPTOR,
            PresaleServiceGrpcService.SERVICE_DESCRIPTOR,
            PrivacyServiceGrpcService.SERVICE_DESCRIPTOR,
            ProjectionAdminServiceGrpcService.SERVICE_DESCRIPTOR,
            RefundServiceGrpcService.SERVICE_DESCRIPTOR,
            RiskServiceGrpcService.SERVICE_DESCRIPTOR,
            SeatMapServiceGrpcService.SERVICE_DESCRIPTOR,
            TicketServiceGrpcService.SERVICE_DESCRIPTOR,
            WaitingRoomAdminServiceGrpcService.SERVICE_DESCRIPTOR,
            WaitingRoomServiceGrpcService.SERVICE_DESCRIPTOR);

    private final Map<String, List<String>> bySelector = new LinkedHashMap<>();
    private final List<String> all = new ArrayList<>();

    Methods() {
        for (var service : SERVICES) {
            for (var method : service.getMethods()) {
                var full = service.getFullName() + "/" + method.getName();
                all.add(full);
                for (var name : List.of(service.getFullName(), service.getName())) {
                    select(name + "/" + method.getName(), full);
                    select(name + "/*", full);
                }
            }
        }
    }

    private void select(String selector, String full) {
        bySelector.computeIfAbsent(selector, key -> new ArrayList<>()).add(full);
    }

    /** Full names of all methods, e.g. {@code onsale.inventory.v1.HoldService/CreateHold}. */
    List<String> all() {
        return List.copyOf(all);
    }

    /** Full names of what {@code HoldService/CreateHold} or {@code HoldService/*} names; empty if there is no such method. */
    List<String> find(String selector) {
        return bySelector.getOrDefault(selector, List.of());
    }
}
