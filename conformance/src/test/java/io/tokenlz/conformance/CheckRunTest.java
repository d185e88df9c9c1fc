package io.tokenlz.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.conformance.StandIn.Bug;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The check against programs with one bug each. */
@Timeout(300)
class CheckRunTest {
    private static final int TRIES = 40;

    /** What makes the kit start the program anew, which takes its time. */
    private static final Set<Bug> RESTARTING = EnumSet.of(
            Bug.ANSWERS_TWICE,
            Bug.GREETS,
            Bug.ANSWERS_NONSENSE,
            Bug.CRASHES,
            Bug.CLOSES_ITS_OUTPUT,
            Bug.HANGS,
            Bug.NEVER_ENDS_ITS_ANSWER);

    /** What the kit waits for each time: not often, and no smaller job is looked for. */
    private static final Set<Bug> SILENT = EnumSet.of(Bug.HANGS, Bug.CLOSES_ITS_OUTPUT);

    /** What few jobs show: one in forty, and one in some hundred. */
    private static final Set<Bug> RARE =
            EnumSet.of(Bug.KNOWS_NO_RULE_BUT_BASE, Bug.TAKES_NESTED_ENTRIES_IN_THE_FLAT_FORM);

    private static final int MANY_TRIES = 3000;

    private static List<CheckProperty> properties(String wanted) {
        return Stream.of(HypertokenSuite.properties(), MetaTokenSuite.properties(), WireSuite.properties())
                .flatMap(List::stream)
                .filter(property -> (property.suite() + "/" + property.name()).startsWith(wanted))
                .toList();
    }

    /** The suite or property that is wanted; all without one. */
    private static List<PropertyResult> check(Bug bug, String wanted, int tries) throws IOException {
        boolean silent = SILENT.contains(bug);
        Duration timeout = Duration.ofSeconds(bug == Bug.HANGS ? 4 : 60);
        try (CheckedProgram program = new CheckedProgram(StandIn.command(bug), timeout, 1 << 20)) {
            return new CheckRun(program, 8, properties(wanted), silent ? 0 : 4).run(silent ? 3 : tries, done -> {});
        }
    }

    @Test
    void aProgramWithoutBugsPasses() throws IOException {
        List<PropertyResult> results = check(Bug.NONE, "", TRIES);
        assertThat(results).allMatch(PropertyResult::isPassed).hasSize(20 + 3);
        assertThat(results)
                .filteredOn(result -> !result.name().equals("answers-alike-again"))
                .allMatch(result -> result.jobs() == TRIES);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void everyBugIsFoundWhereItIs(Bug bug) throws IOException {
        List<PropertyResult> results = RESTARTING.contains(bug)
                ? check(bug, bug.property, 8)
                : RARE.contains(bug) ? check(bug, bug.property, MANY_TRIES) : check(bug, bug.suite(), TRIES);
        PropertyResult found = results.stream()
                .filter(result -> (result.suite() + "/" + result.name()).equals(bug.property))
                .findFirst()
                .orElseThrow();
        assertThat(found.count(List.of(bug.outcome))).as(bug.property).isPositive();
        assertThat(found.findings()).isNotEmpty();
        assertThat(found.findings()).anyMatch(finding -> finding.outcome() == bug.outcome);
    }

    /** What is left of a stream is what it takes: three tokens for an entry, and the codebook's size. */
    @Test
    void counterExamplesAreSmall() throws IOException {
        List<PropertyResult> results = check(Bug.CODEBOOK_HAS_ROOM_FOR_ONE_MORE, "hypertokens", TRIES);
        CheckFinding finding = results.get(0).findings().get(0);
        assertThat(finding.job())
                .contains("\"max_codebook_size\":1,\"max_subtokens\":2")
                .contains("\"ids\":[");
        String ids = finding.job().replaceAll(".*\"ids\":\\[([^]]*)].*", "$1");
        assertThat(ids.split(",")).as(finding.job()).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void theRunGoesOnAfterCrashesAndLeavesTheRestOutAtLast() throws IOException {
        PropertyResult result = new PropertyResult("s", "p");
        for (int i = 0; i < 100; i++) {
            assertThat(result.isGivenUp()).isFalse();
            result.count(Outcome.CRASHED, true);
        }
        assertThat(result.isGivenUp()).isTrue();
        List<PropertyResult> results = check(Bug.CRASHES, "hypertokens", 2);
        assertThat(results.get(0).jobs()).isEqualTo(2);
        assertThat(results.get(2).isPassed()).isTrue();
        assertThat(results.get(0).findings().get(0).reason())
                .contains("status 3")
                .contains("out of luck");
    }

    @Test
    void jobsDependOnTheSeedAlone() throws IOException {
        List<CheckFinding> first =
                check(Bug.PHRASES_ONE_TOO_LONG, "hypertokens", 20).get(0).findings();
        List<CheckFinding> again =
                check(Bug.PHRASES_ONE_TOO_LONG, "hypertokens", 20).get(0).findings();
        assertThat(again).isEqualTo(first);
    }
}
