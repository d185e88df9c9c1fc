package io.tokenlz.bench;

import java.util.Locale;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** How long benchmarks are measured. */
public enum BenchmarkProfile {
    /** Each benchmark once, in this process: whether it works, not how fast. */
    ONCE,
    /** A figure in about four seconds, good for comparisons of a tenth. */
    QUICK,
    /** A figure in about half a minute, from two processes. */
    FULL;

    /** As the command line and result files have it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Sets how long to run.
     *
     * @param warmup how many times as long to warm up as to measure
     */
    void apply(ChainedOptionsBuilder options, int warmup) {
        switch (this) {
            case ONCE ->
                options.forks(0).mode(Mode.SingleShotTime).warmupIterations(0).measurementIterations(1);
            case QUICK -> time(options, 1, 3, TimeValue.milliseconds(500), warmup);
            case FULL -> time(options, 2, 5, TimeValue.seconds(1), warmup);
        }
    }

    private static void time(ChainedOptionsBuilder options, int forks, int iterations, TimeValue time, int warmup) {
        options.forks(forks)
                .warmupIterations(iterations * warmup)
                .warmupTime(time)
                .measurementIterations(iterations)
                .measurementTime(time);
    }
}
