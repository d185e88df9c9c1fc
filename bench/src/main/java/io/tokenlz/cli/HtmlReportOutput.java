package io.tokenlz.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenlz.bench.Surroundings;
import io.tokenlz.bench.TokenFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Measures and writes a report's page: by which command, on which machine, and what came out. */
final class HtmlReportOutput {
    private final List<String> arguments;
    private final String out;

    /**
     * @param arguments the command's, as they were given
     * @param out where the page goes
     */
    HtmlReportOutput(List<String> arguments, String out) {
        this.arguments = List.copyOf(arguments);
        this.out = out;
    }

    /** The exit status. */
    int write(List<TokenFile> files, int documentTokens, double seconds) throws IOException {
        HtmlReportRun run = new HtmlReportRun(files, documentTokens, seconds);
        try (OutputFile file = OutputFile.open(out)) {
            String loadBefore = Surroundings.load();
            String taken = Instant.now().truncatedTo(ChronoUnit.MINUTES).toString();
            HtmlReport report = run.run();
            ObjectNode data = describe(report, taken, loadBefore);
            file.write(HtmlPage.report(data).text().getBytes(StandardCharsets.UTF_8));
            file.complete();
            return report.exitStatus();
        }
    }

    /** All that the page reads. */
    ObjectNode describe(HtmlReport report, String taken, String loadBefore) {
        ObjectNode data = HtmlReportJson.describe(report);
        data.putObject("surroundings")
                .put("taken", taken)
                .put("version", new TokenLz.Version().getVersion()[0])
                .put("machine", Surroundings.machine())
                .put("cores", Runtime.getRuntime().availableProcessors())
                .put("system", Surroundings.system())
                .put("jdk", Surroundings.jdk())
                .put("flags", flags())
                .put("loadBefore", loadBefore)
                .put("loadAfter", Surroundings.load());
        putCommands(report.files(), data.putObject("commands"));
        return data;
    }

    /** Those that say how much memory and which collector there was; others may be nobody's business. */
    private static String flags() {
        String flags = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("-X"))
                .collect(Collectors.joining(" "));
        return flags.isEmpty() ? "none" : flags;
    }

    private void putCommands(List<TokenFile> files, ObjectNode commands) {
        commands.put("page", line(arguments));
        List<String> plain = without("--html", arguments);
        long kinds = files.stream().map(TokenFile::kind).distinct().count();
        // the other report is by file, and takes no --corpora
        if (kinds == files.size() && plain.stream().noneMatch(argument -> argument.startsWith("--corpora"))) {
            commands.put("codecs", line(plain));
        }
        List<String> wire = without("--document", plain);
        wire.add(wire.indexOf("report") + 1, "--wire");
        commands.put("wire", line(wire));
    }

    private static List<String> without(String option, List<String> arguments) {
        List<String> others = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.equals(option)) {
                i++; // its value
            } else if (!argument.startsWith(option + "=")) {
                others.add(argument);
            }
        }
        return others;
    }

    private static String line(List<String> arguments) {
        return arguments.stream()
                .map(HtmlReportOutput::quoted)
                .collect(Collectors.joining(" ", "java -jar " + quoted(jar()) + " ", ""));
    }

    /** The jar as one would name it from here. */
    private static String jar() {
        Path here = Path.of("").toAbsolutePath();
        return TokenLz.jar()
                .filter(jar -> jar.startsWith(here) && jar.toString().endsWith(".jar"))
                .map(jar -> here.relativize(jar).toString())
                .orElse("tokenlz.jar");
    }

    private static String quoted(String argument) {
        return argument.matches("[\\w@%+=:,./-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
