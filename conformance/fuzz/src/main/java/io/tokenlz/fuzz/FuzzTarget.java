package io.tokenlz.fuzz;

import io.tokenlz.frames.FuzzEntries;
import io.tokenlz.frames.FuzzEntry;
import io.tokenlz.frames.FuzzRun;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * What Jazzer calls: gives one entry the inputs that it makes, as they are and with checksums that are right. It begins with
 * what our own fuzzer makes of a few seeds. What shows a bug is kept as {@link FuzzRun} keeps it.
 */
public final class FuzzTarget {
    private static final int SEEDS = 300;

    /** There is one in a process. */
    private static @Nullable FuzzTarget target;

    private final FuzzEntry entry;
    private final FuzzRun run;

    private FuzzTarget(FuzzEntry entry) {
        this.entry = entry;
        this.run = new FuzzRun(new FuzzEntry(
                entry.name(),
                entry.usualTries(),
                entry.inputs(),
                () -> lookingAgain(entry.check().get()),
                entry.repaired()));
    }

    /**
     * Prints the names of entries.
     *
     * @param args a regular expression
     */
    public static void main(String[] args) {
        entries().stream()
                .map(FuzzEntry::name)
                .filter(name -> name.matches(args[0]))
                .forEach(System.out::println);
    }

    private static List<FuzzEntry> entries() {
        return ServiceLoader.load(FuzzEntries.class).stream()
                .flatMap(module -> module.get().entries().stream())
                .toList();
    }

    /**
     * Jazzer's: makes the target.
     *
     * @param args an entry's name, and the directory of its corpus
     * @throws IOException if that can't be written
     */
    public static void fuzzerInitialize(String[] args) throws IOException {
        FuzzEntry entry = entries().stream()
                .filter(any -> any.name().equals(args[0]))
                .findFirst()
                .orElseThrow();
        FuzzTarget made = new FuzzTarget(entry);
        made.begin(Path.of(args[1]));
        target = made;
    }

    /**
     * Jazzer's: tries an input.
     *
     * @param input made by Jazzer
     * @throws IOException if what shows a bug can't be kept
     */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        Objects.requireNonNull(target).tryBoth(input);
    }

    /** Tries the seeds, which loads the classes that there are, and puts them into a corpus that is empty. */
    private void begin(Path corpus) throws IOException {
        boolean isNew;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(corpus)) {
            isNew = !files.iterator().hasNext();
        }
        for (int seed = 0; seed < SEEDS; seed++) {
            byte[] input = run.input(seed);
            tryBoth(input);
            if (isNew) {
                Files.write(corpus.resolve("seed-" + seed), input);
            }
        }
    }

    private void tryBoth(byte[] input) throws IOException {
        tryOne(input);
        byte[] repaired = entry.repaired().apply(input);
        if (!Arrays.equals(input, repaired)) {
            tryOne(repaired);
        }
    }

    private void tryOne(byte[] input) throws IOException {
        run.tryOne(input, "jazzer-" + HexFormat.of().toHexDigits(Arrays.hashCode(input)));
    }

    /** Looks again where too much was allocated: Jazzer allocates when it instruments a class, and that comes only once. */
    private static FuzzRun.Check lookingAgain(FuzzRun.Check check) {
        return (input, random) -> {
            try {
                return check.check(input, random);
            } catch (AssertionError bug) {
                if (!String.valueOf(bug.getMessage()).startsWith("allocated ")) {
                    throw bug;
                }
                return check.check(input, new Random(Arrays.hashCode(input)));
            }
        };
    }
}
