package io.tokenlz.conformance;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.frames.FrameReader;
import io.tokenlz.hypertokens.HypertokenCodec;
import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.reactive.TokenFlux;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dependencies point one way, the {@code int[]} path needs no library, and only the named packages have anything public. */
class ArchitectureTest {
    private static final String CORE = "io.tokenlz.core";
    private static final String FRAMES = "io.tokenlz.frames";
    private static final String META_TOKENS = "io.tokenlz.metatokens";
    private static final String HYPERTOKENS = "io.tokenlz.hypertokens";
    private static final String EMBEDDING = "io.tokenlz.hypertokens.embedding";
    private static final String REACTIVE = "io.tokenlz.reactive";
    private static final String CONFORMANCE = "io.tokenlz.conformance";
    private static final String[] MEMORY = {"org.agrona..", "net.openhft.."};

    /** Who brings other memory to a coder, and who hands it on to those. */
    private static final Set<String> OF_OTHER_MEMORY =
            Set.of("MappedChunks", "StoredBytes", "StoredStream", "StoredIndex");

    private static JavaClasses ours = new ClassFileImporter().importClasses();

    @BeforeAll
    static void importClasses() {
        ours = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(
                        location -> !location.contains("-tests.jar!/")) // where the fuzzers' entries come from
                .importPackages("io.tokenlz");
    }

    /** What is not there can't break a rule. */
    @Test
    void allModulesAreThere() {
        for (Class<?> one : List.of(
                ArrayTokenInput.class,
                FrameReader.class,
                MetaTokenCodec.class,
                HypertokenCodec.class,
                TokenFlux.class,
                TokenCodecContract.class)) {
            assertThat(ours.contain(one)).as(one.getName()).isTrue();
        }
        assertThat(ours.stream().map(JavaClass::getPackageName).distinct())
                .containsExactlyInAnyOrder(CORE, FRAMES, META_TOKENS, HYPERTOKENS, EMBEDDING, REACTIVE, CONFORMANCE);
    }

    @ParameterizedTest
    @CsvSource({
        CORE + ", ''",
        FRAMES + ", " + CORE,
        META_TOKENS + ", " + CORE + " " + FRAMES,
        HYPERTOKENS + ", " + CORE + " " + FRAMES,
        EMBEDDING + ", " + CORE + " " + HYPERTOKENS,
        REACTIVE + ", " + CORE + " " + FRAMES,
        CONFORMANCE + ", " + CORE + " " + FRAMES + " " + META_TOKENS + " " + HYPERTOKENS + " " + EMBEDDING
    })
    void dependenciesPointOneWay(String from, String to) {
        String[] allowed = Stream.concat(Stream.of(from), Arrays.stream(to.split(" ")))
                .filter(name -> !name.isEmpty())
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(from)
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("io.tokenlz..").and(DescribedPredicate.not(resideInAnyPackage(allowed))))
                .check(ours);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("io.tokenlz.(**)").should().beFreeOfCycles().check(ours);
    }

    @Test
    void onlyWindowsKnowOtherMemory() {
        noClasses()
                .that(intArrays())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(MEMORY)
                .check(ours);
    }

    @Test
    void noOtherMemoryIsReachableFromTheIntArrayPath() {
        noClasses()
                .that(intArrays())
                .and()
                .resideInAnyPackage(CORE, FRAMES, META_TOKENS, HYPERTOKENS, REACTIVE)
                .should()
                .transitivelyDependOnClassesThat()
                .resideInAnyPackage(MEMORY)
                .check(ours);
        // and the rule does see what is reachable
        assertThat(ours.get("io.tokenlz.core.AgronaTokenInput").getTransitiveDependenciesFromSelf().stream()
                        .map(dependency -> dependency.getTargetClass().getPackageName()))
                .anyMatch(name -> name.startsWith("org.agrona"));
    }

    private static DescribedPredicate<JavaClass> intArrays() {
        return describe("are neither windows on other memory nor of stored files", type -> {
            String name = type.getName().substring(type.getPackageName().length() + 1);
            String outermost = name.contains("$") ? name.substring(0, name.indexOf('$')) : name;
            return !outermost.startsWith("Agrona")
                    && !outermost.startsWith("Chronicle")
                    && !outermost.endsWith("MemoryKind")
                    && !OF_OTHER_MEMORY.contains(outermost);
        });
    }

    @Test
    void nothingIsPublicOutsideTheNamedPackages() {
        classes()
                .that()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .should()
                .resideInAnyPackage(CORE, FRAMES, META_TOKENS, HYPERTOKENS, EMBEDDING, REACTIVE, CONFORMANCE)
                .check(ours);
    }

    @ParameterizedTest
    @CsvSource({
        "reactor.., " + REACTIVE + " " + CONFORMANCE,
        "io.netty.., " + REACTIVE,
        "com.fasterxml.jackson.., " + HYPERTOKENS + " " + EMBEDDING + " " + CONFORMANCE,
        "net.jqwik.., " + CONFORMANCE,
        "org.assertj.., " + CONFORMANCE,
        "picocli.., " + CONFORMANCE
    })
    void librariesStayWhereTheyAreNeeded(String library, String packages) {
        noClasses()
                .that()
                .resideOutsideOfPackages(packages.split(" "))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(ours);
    }

    @Test
    void librariesPrintAndLogNothing() {
        noClasses()
                .that()
                .resideOutsideOfPackage(CONFORMANCE)
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .check(ours);
        noClasses().should(GeneralCodingRules.USE_JAVA_UTIL_LOGGING).check(ours);
    }
}
