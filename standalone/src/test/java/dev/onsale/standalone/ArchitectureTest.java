package dev.onsale.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the plan of the house: who may know whom. Dependencies run proto, runtime, service, standalone, one way. */
@AnalyzeClasses(packages = "dev.onsale", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String COMMAND = "dev.onsale.command..";
    private static final String QUERY = "dev.onsale.query..";
    private static final String PAYMENT = "dev.onsale.payment..";
    private static final String WAITING_ROOM = "dev.onsale.waitingroom..";
    private static final String[] ABOVE_SERVICES = {
        "dev.onsale.standalone..", "dev.onsale.embedded..", "dev.onsale.testkit..", "dev.onsale.tools.."
    };

    @ArchTest
    static final ArchRule commandKnowsNoOtherService = noClasses()
            .that()
            .resideInAPackage(COMMAND)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(QUERY, PAYMENT, WAITING_ROOM);

    @ArchTest
    static final ArchRule queryKnowsNoOtherService = noClasses()
            .that()
            .resideInAPackage(QUERY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(COMMAND, PAYMENT, WAITING_ROOM);

    @ArchTest
    static final ArchRule paymentKnowsNoOtherService = noClasses()
            .that()
            .resideInAPackage(PAYMENT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(COMMAND, QUERY, WAITING_ROOM);

    @ArchTest
    static final ArchRule waitingRoomKnowsNoOtherService = noClasses()
            .that()
            .resideInAPackage(WAITING_ROOM)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(COMMAND, QUERY, PAYMENT);

    @ArchTest
    static final ArchRule servicesAndRuntimeKnowNothingAboveThem = noClasses()
            .that()
            .resideInAnyPackage(COMMAND, QUERY, PAYMENT, WAITING_ROOM, "dev.onsale.runtime..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ABOVE_SERVICES);

    @ArchTest
    static final ArchRule runtimeKnowsNoService = noClasses()
            .that()
            .resideInAPackage("dev.onsale.runtime..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(COMMAND, QUERY, PAYMENT, WAITING_ROOM);

    @ArchTest
    static final ArchRule storesKnowNothingOfOurs = noClasses()
            .that()
            .resideInAPackage("dev.onsale.embedded..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.onsale.runtime..", "dev.onsale.proto..", COMMAND, QUERY, PAYMENT, WAITING_ROOM);

    @ArchTest
    static final ArchRule partnersClientsKnowOnlyTheContracts = noClasses()
            .that()
            .resideInAPackage("dev.onsale.client..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.onsale.runtime..",
                    "dev.onsale.embedded..",
                    "io.vertx..",
                    COMMAND,
                    QUERY,
                    PAYMENT,
                    WAITING_ROOM);

    @ArchTest
    static final ArchRule featuresOfCommandHaveNoCycles =
            slices().matching("dev.onsale.command.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule featuresOfQueryHaveNoCycles =
            slices().matching("dev.onsale.query.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule featuresOfRuntimeHaveNoCycles =
            slices().matching("dev.onsale.runtime.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule namesSayWhatThingsAre = noClasses()
            .that()
            .resideOutsideOfPackage("dev.onsale.proto..")
            .should()
            .haveNameMatching(".*(Impl|Manager|Helper|Utils?|Dto|DTO)$");

    @ArchTest
    static final ArchRule productionCodeUsesNoTestStores = classes()
            .that()
            .resideInAnyPackage(COMMAND, QUERY, PAYMENT, WAITING_ROOM)
            .should()
            .onlyDependOnClassesThat()
            .resideOutsideOfPackages("org.junit..", "org.testcontainers..", "io.zonky..", "redis.embedded..");
}
