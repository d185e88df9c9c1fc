package io.tokenlz.conformance;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a contract as a build would, and tells what became of each property. */
final class ContractRun {
    private ContractRun() {}

    /** Results by property, those of one property alone if it is named. */
    static Map<String, TestExecutionResult> of(Class<?> contract, String property) {
        Map<String, TestExecutionResult> results = new TreeMap<>();
        PostDiscoveryFilter chosen = test -> FilterResult.includedIf(property.isEmpty()
                || test.isContainer()
                || test.getUniqueId().getLastSegment().getValue().startsWith(property + "("));
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(contract))
                .configurationParameter("jqwik.database", "target/broken-codecs-jqwik-database")
                .configurationParameter("jqwik.reporting.usejunitplatform", "true")
                .configurationParameter("jqwik.shrinking.default", "OFF")
                // nothing is remembered: another bug may fail in the same property
                .configurationParameter("jqwik.failures.after.default", "RANDOM_SEED")
                .filters(chosen)
                .build();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest()) {
                    results.put(test.getDisplayName(), result);
                }
            }
        });
        return results;
    }
}
