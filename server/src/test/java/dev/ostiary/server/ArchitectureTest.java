package dev.ostiary.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rooms and their doors, as ARCHITECTURE.md draws them. */
@AnalyzeClasses(packages = "dev.ostiary", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule ROOMS_OF_THE_SERVER_FORM_NO_CYCLE =
            slices().matching("dev.ostiary.server.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ROOMS_OF_THE_PLATFORM_FORM_NO_CYCLE =
            slices().matching("dev.ostiary.platform.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_PLATFORM_KNOWS_NO_FAMILY =
            noClasses()
                    .that()
                    .resideInAPackage("dev.ostiary.platform..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.ostiary.server..");

    @ArchTest
    static final ArchRule ONLY_HTTP_KNOWS_HELIDON =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.ostiary.platform.http..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("io.helidon..");

    @ArchTest
    static final ArchRule ONLY_OUTBOUND_KNOWS_THE_HTTP_CLIENT =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.ostiary.platform.outbound..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.apache.hc..");

    @ArchTest
    static final ArchRule ONLY_THE_STORE_SPEAKS_JDBC =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.ostiary.platform.store..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.sql..", "org.postgresql..", "com.zaxxer..");

    @ArchTest
    static final ArchRule NAMES_EXPLAIN =
            noClasses()
                    .should()
                    .haveNameMatching(".*(Utils?|Helper|Manager|Impl|Common)")
                    .because("such a name explains nothing");
}
