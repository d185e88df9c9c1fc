package io.tokenlz.frames;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Gives an entry point inputs that nobody thought of, until one shows a bug.
 *
 * <p>First come the inputs that showed one before, {@code src/test/resources/frames/crashes/GROUP-WHAT.hex} of the module: a
 * directory that only grows. An entry's group is its name up to the first hyphen. Then come inputs made of the seeds 0, 1, 2 …:
 * a fixed number of them, or with {@code -Dtokenlz.fuzz.seconds=N} as many as take that much of a processor.
 * {@code -Dtokenlz.fuzz.seed=S} begins with another seed, {@code -Dtokenlz.fuzz.entry=REGEX} passes over all other entries. What
 * became of the inputs is told in {@code target/fuzz/ENTRY.txt}.
 */
public final class FuzzRun {
    /** What is done with an input. */
    @FunctionalInterface
    public interface Check {
        /**
         * Runs an entry point, and fails if it does what it must not.
         *
         * @param input bytes, not to be changed
         * @param random for what else has to be chosen: the same for the same input
         * @return in few words, what came of it
         * @throws Exception whatever the entry point threw that it does not document
         */
        String check(byte[] input, Random random) throws Exception;
    }

    private static final Path MODULE = Path.of(System.getProperty("basedir", ""));
    static final Path CRASHES = MODULE.resolve("src/test/resources/frames/crashes");
    private static final Path FOUND = MODULE.resolve("target/fuzz");
    private static final String CRASH_SUFFIX = ".hex";
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final long NANOS_A_SECOND = 1_000_000_000;

    private final String entry;
    private final Function<Random, byte[]> inputs;
    private final Check check;
    private final Map<String, Long> outcomes = new TreeMap<>();

    /**
     * Makes a run.
     *
     * @param entry name of the entry point, in file names too
     * @param inputs makes an input of a seed
     * @param check what is done with it
     */
    public FuzzRun(String entry, Function<Random, byte[]> inputs, Check check) {
        this.entry = entry;
        this.inputs = inputs;
        this.check = check;
    }

    /**
     * Runs.
     *
     * @param usualTries inputs if no time was set
     * @throws IOException if a file of the run cannot be read or written
     */
    public void run(int usualTries) throws IOException {
        if (!entry.matches(System.getProperty("tokenlz.fuzz.entry", ".*"))) {
            return;
        }
        for (Path crash : crashes()) {
            byte[] input = HexFormat.of().parseHex(Files.readString(crash).replaceAll("#.*|\\s", ""));
            tryOne(input, 0, crash.toString());
        }
        long first = Long.getLong("tokenlz.fuzz.seed", 0);
        long seconds = Long.getLong("tokenlz.fuzz.seconds", 0);
        // not the clock's time: on a shared machine that says little of what was done
        long end = THREADS.getCurrentThreadCpuTime() + seconds * NANOS_A_SECOND;
        long seed = first;
        String threadName = Thread.currentThread().getName();
        while (seconds > 0 ? THREADS.getCurrentThreadCpuTime() < end : seed < first + usualTries) {
            // a try that hangs is told by any dump of the threads
            Thread.currentThread().setName(entry + " seed " + seed);
            tryOne(inputs.apply(new Random(seed)), seed, "seed " + seed);
            seed++;
        }
        Thread.currentThread().setName(threadName);
        Files.createDirectories(FOUND);
        Files.writeString(FOUND.resolve(entry + ".txt"), report(first, seed - first));
    }

    private List<Path> crashes() throws IOException {
        if (!Files.isDirectory(CRASHES)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(CRASHES)) {
            return files.filter(file -> String.valueOf(file.getFileName()).startsWith(group()))
                    .sorted()
                    .toList();
        }
    }

    private String group() {
        return entry.replaceAll("-.*", "") + "-";
    }

    private void tryOne(byte[] input, long seed, String origin) throws IOException {
        try {
            outcomes.merge(check.check(input, new Random(Arrays.hashCode(input))), 1L, Long::sum);
        } catch (Throwable bug) { // an error too: running out of memory is one
            String hex = HexFormat.of().formatHex(input);
            Files.createDirectories(FOUND);
            Path file = FOUND.resolve(entry + "-" + seed + CRASH_SUFFIX);
            Files.writeString(file, "# " + bug.toString().replaceAll("\\s+", " ") + "\n" + hex + "\n");
            throw new AssertionError(entry + ": " + origin + " (" + file + "): " + bug + "\n" + hex, bug);
        }
    }

    private String report(long first, long executions) {
        return executions + " executions from seed " + first + "\n"
                + outcomes.entrySet().stream()
                        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                        .map(outcome -> String.format("%10d %s%n", outcome.getValue(), outcome.getKey()))
                        .collect(Collectors.joining());
    }
}
