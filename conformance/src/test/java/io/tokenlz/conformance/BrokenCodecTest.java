package io.tokenlz.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;

/** The contract finds each bug where it must: what is not found here would not be found in a codec of somebody else's. */
class BrokenCodecTest {
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void everyBugIsFound(CodecBug bug) {
        BrokenCodecContract.bug = bug;
        assertFails(BrokenCodecContract.class, bug.property);
    }

    @ParameterizedTest
    @EnumSource
    void sidesThatDoNotAgreeAreFound(HypertokenBug bug) {
        BrokenHypertokenContract.bug = bug;
        assertFails(BrokenHypertokenContract.class, bug.property);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void everyBugOfAWireCodecIsFound(WireBug bug) {
        BrokenWireContract.bug = bug;
        assertFails(BrokenWireContract.class, bug.property);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void everyBugOfOperatorsIsFound(ReactiveBug bug) {
        BrokenReactiveContract.bug = bug;
        assertFails(BrokenReactiveContract.class, bug.property);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void everyBugOfABackendIsFound(BackendBug bug) {
        BrokenBackendContract.bug = bug;
        assertFails(BrokenBackendContract.class, bug.property);
    }

    private static void assertFails(Class<?> contract, String property) {
        Map<String, TestExecutionResult> results = ContractRun.of(contract, property);
        assertThat(results).as("properties of that name").hasSize(1);
        assertThat(results.values()).allMatch(result -> result.getStatus() == Status.FAILED);
    }

    @Test
    void whatHasNoBugPasses() {
        BrokenCodecContract.bug = CodecBug.NONE;
        assertPasses(BrokenCodecContract.class, 20);
        BrokenWireContract.bug = WireBug.NONE;
        assertPasses(BrokenWireContract.class, 14);
        BrokenReactiveContract.bug = ReactiveBug.NONE;
        assertPasses(BrokenReactiveContract.class, 10);
        BrokenBackendContract.bug = BackendBug.NONE;
        assertPasses(BrokenBackendContract.class, 7);
    }

    private static void assertPasses(Class<?> contract, int properties) {
        assertThat(ContractRun.of(contract, ""))
                .hasSize(properties)
                .allSatisfy((property, result) ->
                        assertThat(result.getStatus()).as(property).isEqualTo(Status.SUCCESSFUL));
    }
}
