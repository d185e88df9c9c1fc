package io.tokenlz.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/**
 * A progress bar on standard error that appears only once work has taken two seconds, and only where a person sees it: not
 * when standard error goes to a file or a pipe.
 */
final class DelayedProgress implements AutoCloseable {
    /** System property that says true or false where the guess about the terminal is wrong. */
    static final String FORCED = "tokenlz.progress";

    private static final long DELAY_NANOS = 2_000_000_000L;
    private static final int WIDTH = 79;

    private final String task;
    private final String unit;
    private final long unitSize;
    private final long total;
    private final boolean seen;
    private final LongSupplier nanoTime;
    private final PrintStream terminal;
    private final long start;
    private @Nullable ProgressBar bar;

    /** Work of {@code total} steps, or of an unknown number if that is negative. */
    DelayedProgress(String task, long total, String unit, long unitSize) {
        this(task, total, unit, unitSize, isSeen(), System::nanoTime, System.err);
    }

    /** The same on another clock and terminal. */
    DelayedProgress(
            String task,
            long total,
            String unit,
            long unitSize,
            boolean seen,
            LongSupplier nanoTime,
            PrintStream terminal) {
        this.seen = seen;
        this.nanoTime = nanoTime;
        this.terminal = terminal;
        this.start = nanoTime.getAsLong();
        this.task = task;
        this.total = total;
        this.unit = unit;
        this.unitSize = unitSize;
    }

    /** Work has got to step {@code done}. */
    void at(long done) {
        if (bar == null && seen && nanoTime.getAsLong() - start > DELAY_NANOS) {
            bar = new ProgressBarBuilder()
                    .setTaskName(task)
                    .setInitialMax(total)
                    .setUnit(unit, unitSize)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setConsumer(new ConsoleProgressBarConsumer(terminal, WIDTH))
                    .clearDisplayOnFinish()
                    .build();
        }
        if (bar != null) {
            bar.stepTo(done);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }

    /** Java does not tell whether standard error is a terminal. Linux does; elsewhere picocli guesses. */
    private static boolean isSeen() {
        String forced = System.getProperty(FORCED);
        if (forced != null) {
            return Boolean.parseBoolean(forced);
        }
        Path standardError = Path.of("/proc/self/fd/2");
        if (!Files.exists(standardError)) {
            return CommandLine.Help.Ansi.AUTO.enabled();
        }
        try {
            return standardError.toRealPath().startsWith("/dev/pts")
                    || standardError.toRealPath().startsWith("/dev/tty");
        } catch (IOException gone) {
            return false;
        }
    }
}
