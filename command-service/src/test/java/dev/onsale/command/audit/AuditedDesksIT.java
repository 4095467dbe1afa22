package dev.onsale.command.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.onsale.command.BoxOffice;
import dev.onsale.command.Calls;
import dev.onsale.command.Shows;
import dev.onsale.proto.catalog.v1.CatalogAdminServiceGrpcClient;
import dev.onsale.proto.catalog.v1.OpenSaleRequest;
import dev.onsale.proto.inventory.v1.BestAvailable;
import dev.onsale.proto.inventory.v1.BoxOfficeServiceGrpcClient;
import dev.onsale.proto.inventory.v1.BoxOfficeServiceGrpcService;
import dev.onsale.proto.inventory.v1.OverrideHoldRequest;
import dev.onsale.proto.partner.v1.Ability;
import dev.onsale.proto.partner.v1.CreateApiKeyRequest;
import dev.onsale.proto.partner.v1.CreatePartnerRequest;
import dev.onsale.proto.partner.v1.PartnerAdminServiceGrpcClient;
import dev.onsale.proto.partner.v1.PartnerAdminServiceGrpcService;
import dev.onsale.proto.partner.v1.ResumePartnerRequest;
import dev.onsale.proto.partner.v1.RevokeApiKeyRequest;
import dev.onsale.proto.partner.v1.RotateApiKeyRequest;
import dev.onsale.proto.partner.v1.Scope;
import dev.onsale.proto.partner.v1.SuspendPartnerRequest;
import dev.onsale.proto.presale.v1.AddFansRequest;
import dev.onsale.proto.presale.v1.ClosePresaleRequest;
import dev.onsale.proto.presale.v1.CodeList;
import dev.onsale.proto.presale.v1.CreatePresaleRequest;
import dev.onsale.proto.presale.v1.GenerateCodesRequest;
import dev.onsale.proto.presale.v1.ImportCodesRequest;
import dev.onsale.proto.presale.v1.PresaleAccess;
import dev.onsale.proto.presale.v1.PresaleAdminServiceGrpcClient;
import dev.onsale.proto.presale.v1.PresaleAdminServiceGrpcService;
import dev.onsale.proto.presale.v1.RevokeCodesRequest;
import dev.onsale.proto.presale.v1.UpdatePresaleRequest;
import dev.onsale.proto.risk.v1.RevokeOverrideRequest;
import dev.onsale.proto.risk.v1.RiskServiceGrpcClient;
import dev.onsale.proto.risk.v1.RiskServiceGrpcService;
import dev.onsale.proto.risk.v1.SetOverrideRequest;
import dev.onsale.runtime.auth.Role;
import io.vertx.grpc.common.ServiceMethod;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What staff do to presales, partners, fans under suspicion and holds is noted, once for each request, and names no fan and no code. */
final class AuditedDesksIT {
    private static final String FAN = "fan-who-is-not-to-be-named";
    private static final String CODE = "NOTTOBETOLD77";
    private static final List<ServiceDescriptor> SERVICES = List.of(
            BoxOfficeServiceGrpcService.SERVICE_DESCRIPTOR,
            PartnerAdminServiceGrpcService.SERVICE_DESCRIPTOR,
            PresaleAdminServiceGrpcService.SERVICE_DESCRIPTOR,
            RiskServiceGrpcService.SERVICE_DESCRIPTOR);

    @RegisterExtension
    static final BoxOffice OFFICE = new BoxOffice();

    private final String olga = "olga-" + UUID.randomUUID();
    private final Calls operator = OFFICE.as(Role.OPERATOR, olga);
    private final Log log = new Log(OFFICE);

    /** The same request twice: the second is a repeat. */
    private <Q, R> R twice(ServiceMethod<R, Q> method, Q request) {
        R first = operator.call(method, request);
        operator.call(method, request);
        return first;
    }

    @Test
    void notesEveryMethodThatChangesSomethingOnceForEachRequest() throws Exception {
        String event = new Shows(operator).draft().getEventId();
        operator.call(
                CatalogAdminServiceGrpcClient.OpenSale,
                OpenSaleRequest.newBuilder()
                        .setRequestId(Shows.requestId())
                        .setEventId(event)
                        .build());

        presales(event);
        partners();
        risk(event);
        boxOffice(event);

        for (ServiceDescriptor service : SERVICES) {
            for (MethodDescriptor method : service.getMethods()) {
                boolean changes = method.getInputType().findFieldByName("request_id") != null;
                assertThat(log.entries(request ->
                                request.setActor(olga).setAction(service.getFullName() + "/" + method.getName())))
                        .as(method.getFullName())
                        .hasSize(changes ? 1 : 0);
            }
        }
        assertThat(log.entries(request -> request.setActor(olga)))
                .hasSizeGreaterThan(15)
                .allSatisfy(entry -> assertThat(entry.toString()).doesNotContain(FAN, CODE));
        assertThat(log.verdict().problems()).isEmpty();
    }

    private void presales(String event) {
        long now = System.currentTimeMillis();
        String presale = twice(
                        PresaleAdminServiceGrpcClient.CreatePresale,
                        CreatePresaleRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setEventId(event)
                                .setName("Club")
                                .setStartTime(Timestamps.fromMillis(now))
                                .setEndTime(Timestamps.fromMillis(now + 3_600_000))
                                .setAccess(PresaleAccess.PRESALE_ACCESS_CODE_AND_LIST)
                                .build())
                .getPresale()
                .getPresaleId();
        twice(
                PresaleAdminServiceGrpcClient.UpdatePresale,
                UpdatePresaleRequest.newBuilder()
                        .setRequestId(Shows.requestId())
                        .setPresaleId(presale)
                        .setName("The club")
                        .setStartTime(Timestamps.fromMillis(now))
                        .setEndTime(Timestamps.fromMillis(now + 3_600_000))
                        .build());
        twice(
                PresaleAdminServiceGrpcClient.GenerateCodes,
                GenerateCodesRequest.newBuilder()
                        .setRequestId(Shows.requestId())
                        .setPresaleId(presale)
                        .setCount(2)
                        .setMaxUses(1)
                        .build());
        twice(
                PresaleAdminServiceGrpcClient.ImportCodes,
                ImportCodesRequest.newBuilder()
                        .setRequestId(Shows.requestId())
                        .setPresaleId(presale)
                        .addCodes(CODE)
                        .setMaxUses(1)
                        .build());
        twice(
                PresaleAdminServiceGrpcClient.RevokeCodes,
                RevokeCodesRequest.newBuilder()
                        .setRequestId(Shows.requestId())
                        .setPresaleId(presale)
                        .setCodes(CodeList.newBuilder().addCodes(CODE))
                        .build());
        twice(
                PresaleAdminServiceGrpcClient.AddFans,
                AddFansRequest.newBuilder()
                        .setRequestId(Shows.requestId())
                        .setPresaleId(presale)
                        .addAccounts(FAN)
                        .build());
        twice(
                PresaleAdminServiceGrpcClient.ClosePresale,
                ClosePresaleRequest.newBuilder()
                        .setRequestId(Shows.requestId())
                        .setPresaleId(presale)
                        .build());
    }

    private void partners() {
        String partner = twice(
                        PartnerAdminServiceGrpcClient.CreatePartner,
                        CreatePartnerRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setName("Tickets & more")
                                .build())
                .getPartner()
                .getPartnerId();
        twice(
                PartnerAdminServiceGrpcClient.SuspendPartner,
                SuspendPartnerRequest.newBuilder()
                        .setRequestId(Shows.requestId())
                        .setPartnerId(partner)
                        .build());
        twice(
                PartnerAdminServiceGrpcClient.ResumePartner,
                ResumePartnerRequest.newBuilder()
                        .setRequestId(Shows.requestId())
                        .setPartnerId(partner)
                        .build());
        String key = twice(
                        PartnerAdminServiceGrpcClient.CreateApiKey,
                        CreateApiKeyRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setPartnerId(partner)
                                .setScope(Scope.newBuilder().addAbilities(Ability.ABILITY_READ))
                                .build())
                .getKey()
                .getKeyId();
        String next = twice(
                        PartnerAdminServiceGrpcClient.RotateApiKey,
                        RotateApiKeyRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setKeyId(key)
                                .setOverlap(Durations.fromSeconds(60))
                                .build())
                .getKey()
                .getKeyId();
        twice(
                PartnerAdminServiceGrpcClient.RevokeApiKey,
                RevokeApiKeyRequest.newBuilder()
                        .setRequestId(Shows.requestId())
                        .setKeyId(next)
                        .build());
    }

    private void risk(String event) {
        String override = twice(
                        RiskServiceGrpcClient.SetOverride,
                        SetOverrideRequest.newBuilder()
                                .setRequestId(Shows.requestId())
                                .setAccount(FAN)
                                .setEventId(event)
                                .setDuration(Durations.fromMinutes(10))
                                .setReason("known to the house")
                                .build())
                .getOverride()
                .getOverrideId();
        twice(
                RiskServiceGrpcClient.RevokeOverride,
                RevokeOverrideRequest.newBuilder()
                        .setRequestId(Shows.requestId())
                        .setOverrideId(override)
                        .setReason("not any more")
                        .build());
    }

    private void boxOffice(String event) {
        twice(
                BoxOfficeServiceGrpcClient.OverrideHold,
                OverrideHoldRequest.newBuilder()
                        .setRequestId(Shows.requestId())
                        .setEventId(event)
                        .setBestAvailable(BestAvailable.newBuilder().setQuantity(1))
                        .setAccount(FAN)
                        .setReason("guest of the band")
                        .build());
    }
}
