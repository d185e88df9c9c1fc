package io.tokenlz.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntConsumer;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;
import org.jspecify.annotations.Nullable;

/** Asks a program jobs of each property in turn, and makes those small that do not pass. Not thread-safe. */
final class CheckRun {
    /** Generators are tuned to about so many tries; more give the same distribution. */
    private static final int GENERATION_SIZE = 1000;

    private static final int MOST_FINDINGS = 3;
    private static final int MOST_STARTS_TO_SHRINK = 100;
    private static final int REMEMBERED = 16;
    private static final int ASKED_AGAIN_EVERY = 8;

    private static final Map<Outcome, Integer> MOST_TRIALS =
            Map.of(Outcome.FAILED, 3000, Outcome.REFUSED, 1000, Outcome.CRASHED, 100, Outcome.HUNG, 3);

    private final ObjectMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private final CheckedProgram program;
    private final long seed;
    private final List<CheckProperty> properties;
    private final int mostStartsToShrink;
    private final Map<CheckProperty, RandomGenerator<Job>> generators = new LinkedHashMap<>();
    private final Map<CheckProperty, PropertyResult> results = new LinkedHashMap<>();
    private final Map<String, PropertyResult> repeats = new LinkedHashMap<>();
    private final List<Asked> remembered = new ArrayList<>();
    private long asked;

    /** What was asked before, and what came. */
    private record Asked(String suite, Job job, JsonNode answer) {}

    /** What came of a job, and what is to be said of it. */
    private record Judged(Verdict verdict, String answer) {}

    CheckRun(CheckedProgram program, long seed, List<CheckProperty> properties) {
        this(program, seed, properties, MOST_STARTS_TO_SHRINK);
    }

    /** Makes a job smaller only as long as the program is not started more often for it. */
    CheckRun(CheckedProgram program, long seed, List<CheckProperty> properties, int mostStartsToShrink) {
        this.program = program;
        this.seed = seed;
        this.properties = properties;
        this.mostStartsToShrink = mostStartsToShrink;
    }

    /**
     * Asks so many jobs of each property.
     *
     * @param tries jobs of each property
     * @param progress is told how many jobs were asked, now and then
     * @throws IOException if the program can't be started
     */
    List<PropertyResult> run(int tries, IntConsumer progress) throws IOException {
        for (CheckProperty property : properties) {
            results.put(property, new PropertyResult(property.suite(), property.name()));
            repeats.putIfAbsent(property.suite(), new PropertyResult(property.suite(), "answers-alike-again"));
        }
        try {
            JqwikSession.run(() -> {
                for (CheckProperty property : properties) {
                    generators.put(property, property.jobs().generator(GENERATION_SIZE, false));
                }
                for (int number = 0; number < tries; number++) {
                    for (CheckProperty property : properties) {
                        tryOne(property, number);
                    }
                    progress.accept(number + 1);
                }
            });
        } catch (UncheckedIOException noStart) {
            throw noStart.getCause();
        }
        List<PropertyResult> all = new ArrayList<>(results.values());
        all.addAll(repeats.values());
        return all;
    }

    private PropertyResult result(CheckProperty property) {
        PropertyResult result = results.get(property);
        if (result == null) {
            throw new IllegalArgumentException("not of this run: " + property.name());
        }
        return result;
    }

    private void tryOne(CheckProperty property, int number) {
        PropertyResult result = result(property);
        if (result.isGivenUp()) {
            result.leaveOut();
            return;
        }
        Random random = new Random(mixed(seed, property.suite() + '/' + property.name(), number));
        Job job = generate(property, random);
        Judged judged = ask(property, job.numbered(++asked));
        result.count(judged.verdict.outcome(), !program.isRunning());
        if (judged.verdict.isFinding()) {
            report(property, result, job, judged, number);
        } else if (number % ASKED_AGAIN_EVERY == 0) {
            askAgain(property.suite(), random, number);
        }
    }

    private Job generate(CheckProperty property, Random random) {
        RandomGenerator<Job> generator = generators.get(property);
        if (generator == null) {
            throw new IllegalArgumentException("not of this run: " + property.name());
        }
        return generator.next(random).value();
    }

    /** A seed for each job of its own, so that it does not depend on those before it. */
    private static long mixed(long seed, String name, int number) {
        long mixed = seed * 0x9E37_79B9_7F4A_7C15L + name.hashCode();
        mixed = (mixed ^ mixed >>> 31) * 0xBF58_476D_1CE4_E5B9L + number;
        return mixed ^ mixed >>> 29;
    }

    private Judged ask(CheckProperty property, Job job) {
        Reply reply = send(job);
        if (reply.line() == null) {
            return new Judged(new Verdict(reply.outcome(), reply.detail()), reply.detail());
        }
        String line = reply.line();
        JsonNode answer = parsed(line);
        if (answer == null || !answer.isObject()) {
            program.restart();
            return new Judged(Verdict.failed("the answer is no JSON object"), line);
        }
        if (!job.isAnsweredBy(answer)) {
            program.restart();
            return new Judged(Verdict.failed("the answer has another id: " + answer.path("id")), line);
        }
        Verdict verdict = property.judge().judge(job, answer);
        if (!verdict.isFinding()) {
            remember(new Asked(property.suite(), job, answer));
        }
        return new Judged(verdict, line);
    }

    private Reply send(Job job) {
        try {
            return program.ask(job.line());
        } catch (IOException noStart) {
            throw new UncheckedIOException(noStart);
        }
    }

    private @Nullable JsonNode parsed(String line) {
        try {
            return json.readTree(line);
        } catch (JsonProcessingException noJson) {
            return null;
        }
    }

    private void remember(Asked done) {
        if (remembered.size() == REMEMBERED) {
            remembered.remove(0);
        }
        remembered.add(done);
    }

    /** A job that passed a while ago, after others: it has nothing to do with them. */
    private void askAgain(String suite, Random random, int number) {
        List<Asked> ofSuite =
                remembered.stream().filter(done -> done.suite.equals(suite)).toList();
        PropertyResult result = repeats.get(suite);
        if (ofSuite.isEmpty() || result == null || result.isGivenUp()) {
            return;
        }
        Asked before = ofSuite.get(random.nextInt(ofSuite.size()));
        Reply reply = send(before.job);
        String line = reply.line();
        if (line != null && before.answer.equals(parsed(line))) {
            result.count(Outcome.PASSED, false);
            return;
        }
        program.restart();
        Outcome outcome = line == null ? reply.outcome() : Outcome.FAILED;
        result.count(outcome, true);
        if (result.findings().size() < MOST_FINDINGS) {
            result.findings()
                    .add(new CheckFinding(
                            outcome,
                            "the first time the answer was " + Verdict.shown(before.answer),
                            before.job.line(),
                            line == null ? reply.detail() : line,
                            number));
        }
    }

    private void report(CheckProperty property, PropertyResult result, Job job, Judged judged, int number) {
        if (result.findings().size() >= MOST_FINDINGS) {
            return;
        }
        Job smallest = job;
        if (job.fields() != null && property.shrinks()) {
            Outcome outcome = judged.verdict.outcome();
            int mostStarts = program.starts() + mostStartsToShrink;
            int mostTrials = MOST_TRIALS.getOrDefault(outcome, 0);
            smallest = Job.of(new JobShrinker(
                            job.fields(),
                            mostTrials,
                            smaller -> program.starts() < mostStarts && outcome(property, Job.of(smaller)) == outcome)
                    .shrink());
        }
        Job line = smallest.numbered(1);
        Judged last = smallest.equals(job) ? judged : ask(property, line);
        // what happens now and then only may not happen again
        CheckFinding finding =
                last.verdict.isFinding() ? finding(last, line, number) : finding(judged, job.numbered(1), number);
        if (result.findings().stream().noneMatch(other -> other.job().equals(finding.job()))) {
            result.findings().add(finding);
        }
    }

    private static CheckFinding finding(Judged judged, Job job, int number) {
        return new CheckFinding(judged.verdict.outcome(), judged.verdict.reason(), job.line(), judged.answer, number);
    }

    /** What becomes of a smaller job; passed, if it is none that the property speaks of. */
    private Outcome outcome(CheckProperty property, Job job) {
        try {
            return ask(property, job.numbered(++asked)).verdict.outcome();
        } catch (IllegalArgumentException notOfTheProperty) {
            return Outcome.PASSED;
        }
    }
}
