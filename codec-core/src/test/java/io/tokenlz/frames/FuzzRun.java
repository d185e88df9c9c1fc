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
 * became of the inputs is told in {@code target/fuzz/ENTRY.txt}. An input that shows a bug is kept beside it.
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

    private final FuzzEntry entry;
    private final Function<Random, byte[]> inputs;
    private final Check check;
    private final Map<String, Long> outcomes = new TreeMap<>();

    /**
     * Makes a run.
     *
     * @param entry what is tried
     */
    public FuzzRun(FuzzEntry entry) {
        this.entry = entry;
        this.inputs = entry.inputs().get();
        this.check = entry.check().get();
    }

    /**
     * Tries an entry, unless it is passed over.
     *
     * @param entry what is tried
     * @throws IOException if a file of the run cannot be read or written
     */
    public static void run(FuzzEntry entry) throws IOException {
        if (entry.name().matches(System.getProperty("tokenlz.fuzz.entry", ".*"))) {
            new FuzzRun(entry).run();
        }
    }

    private void run() throws IOException {
        for (Path crash : crashes()) {
            byte[] input = HexFormat.of().parseHex(Files.readString(crash).replaceAll("#.*|\\s", ""));
            tryOne(input, String.valueOf(crash.getFileName()));
        }
        long first = Long.getLong("tokenlz.fuzz.seed", 0);
        long seconds = Long.getLong("tokenlz.fuzz.seconds", 0);
        // not the clock's time: on a shared machine that says little of what was done
        long end = THREADS.getCurrentThreadCpuTime() + seconds * NANOS_A_SECOND;
        long seed = first;
        String threadName = Thread.currentThread().getName();
        while (seconds > 0 ? THREADS.getCurrentThreadCpuTime() < end : seed < first + entry.usualTries()) {
            // a try that hangs is told by any dump of the threads
            Thread.currentThread().setName(entry + " seed " + seed);
            tryOne(input(seed), "seed-" + seed);
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
        return entry.name().replaceAll("-.*", "") + "-";
    }

    /**
     * Makes an input.
     *
     * @param seed any number
     * @return the same for the same seed
     */
    public byte[] input(long seed) {
        return inputs.apply(new Random(seed));
    }

    /**
     * Tries an input.
     *
     * @param input bytes; not changed
     * @param origin where it is from, to be part of a file's name
     * @throws IOException if an input that shows a bug can't be kept
     * @throws AssertionError if it shows one
     */
    public void tryOne(byte[] input, String origin) throws IOException {
        try {
            outcomes.merge(check.check(input, new Random(Arrays.hashCode(input))), 1L, Long::sum);
        } catch (Throwable bug) { // an error too: running out of memory is one
            String hex = HexFormat.of().formatHex(input);
            Files.createDirectories(FOUND);
            Path file = FOUND.resolve(entry + "-" + origin.replace(CRASH_SUFFIX, "") + CRASH_SUFFIX);
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
