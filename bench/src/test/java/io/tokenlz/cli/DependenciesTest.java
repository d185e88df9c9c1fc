package io.tokenlz.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Dependencies of this module point one way: nothing knows the command line, and what measures doesn't know it either. */
class DependenciesTest {
    private static final String BENCH = "io.tokenlz.bench..";
    private static final String COMMAND_LINE = "io.tokenlz.cli..";
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar!/")) // where the fuzzers' entries come from
            .importPackages("io.tokenlz");

    /** What is not there can't break a rule. */
    @Test
    void allModulesAreThere() {
        assertThat(OURS.stream().map(JavaClass::getPackageName))
                .contains(
                        "io.tokenlz.core",
                        "io.tokenlz.frames",
                        "io.tokenlz.hypertokens",
                        "io.tokenlz.metatokens",
                        "io.tokenlz.reactive",
                        "io.tokenlz.conformance",
                        "io.tokenlz.bench",
                        "io.tokenlz.cli");
    }

    @Test
    void nothingElseDependsOnThisModule() {
        noClasses()
                .that()
                .resideOutsideOfPackages(BENCH, COMMAND_LINE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(BENCH, COMMAND_LINE)
                .check(OURS);
    }

    @Test
    void whatMeasuresDoesNotKnowTheCommandLine() {
        noClasses()
                .that()
                .resideInAPackage(BENCH)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(COMMAND_LINE, "picocli..")
                .check(OURS);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("io.tokenlz.(*)..").should().beFreeOfCycles().check(OURS);
    }
}
