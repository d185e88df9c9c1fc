package io.tokenlz.conformance;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What a check found, as text and JSON.
 *
 * @param command the program, as it was given
 * @param seed what the jobs depend on
 * @param tries jobs of each property
 * @param starts how often the program was started
 * @param results of each property
 */
record CheckReport(String command, long seed, int tries, int starts, List<PropertyResult> results) {
    private static final String ROW = "%-12s %-28s %8s %8s %7s %8s %8s %5s%n";

    boolean isPassed() {
        return results.stream().allMatch(PropertyResult::isPassed);
    }

    void print(PrintWriter out) {
        out.printf(ROW, "suite", "property", "jobs", "passed", "failed", "refused", "crashed", "hung");
        for (PropertyResult result : results) {
            Object[] row = new Object[8];
            row[0] = result.suite();
            row[1] = result.name();
            row[2] = result.jobs();
            int column = 3;
            for (Outcome outcome : Outcome.values()) {
                row[column++] = result.count(List.of(outcome));
            }
            out.printf(ROW, row);
        }
        int jobs = results.stream().mapToInt(PropertyResult::jobs).sum();
        int passed = results.stream()
                .mapToInt(result -> result.count(List.of(Outcome.PASSED)))
                .sum();
        out.printf("%n%,d jobs, %,d passed; seed %d; the program was started %d times%n", jobs, passed, seed, starts);
        for (PropertyResult result : results) {
            print(result, out);
        }
        out.flush();
    }

    private void print(PropertyResult result, PrintWriter out) {
        String property = result.suite() + "/" + result.name();
        for (CheckFinding finding : result.findings()) {
            out.printf("%n%s %s: %s%n", property, JobFields.name(finding.outcome()), finding.reason());
            out.println("  job    " + finding.job().strip());
            out.println("  answer " + finding.answer());
        }
        if (result.leftOut() > 0) {
            out.printf("%n%s: %d jobs were left out after so many restarts or hangs%n", property, result.leftOut());
        }
    }

    ObjectNode json() {
        ObjectNode report = JsonNodeFactory.instance
                .objectNode()
                .put("command", command)
                .put("seed", seed)
                .put("tries", tries)
                .put("starts", starts)
                .put("passed", isPassed());
        ArrayNode properties = report.putArray("properties");
        for (PropertyResult result : results) {
            ObjectNode property = properties
                    .addObject()
                    .put("suite", result.suite())
                    .put("name", result.name())
                    .put("jobs", result.jobs());
            Arrays.stream(Outcome.values())
                    .forEach(outcome -> property.put(JobFields.name(outcome), result.count(List.of(outcome))));
            property.put("left_out", result.leftOut());
            ArrayNode findings = property.putArray("findings");
            for (CheckFinding finding : result.findings()) {
                findings.addObject()
                        .put("outcome", JobFields.name(finding.outcome()))
                        .put("reason", finding.reason())
                        .put("job", finding.job())
                        .put("answer", finding.answer())
                        .put("number", finding.number());
            }
        }
        return report;
    }

    void writeJson(Path file) throws IOException {
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), json());
    }

    void writeJunit(Path file) throws IOException {
        new JunitReport(results).write(file);
    }
}
