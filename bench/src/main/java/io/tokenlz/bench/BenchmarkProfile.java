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

    void apply(ChainedOptionsBuilder options) {
        switch (this) {
            case ONCE ->
                options.forks(0).mode(Mode.SingleShotTime).warmupIterations(0).measurementIterations(1);
            case QUICK -> time(options, 1, 3, TimeValue.milliseconds(500));
            case FULL -> time(options, 2, 5, TimeValue.seconds(1));
        }
    }

    private static void time(ChainedOptionsBuilder options, int forks, int iterations, TimeValue time) {
        options.forks(forks)
                .warmupIterations(iterations)
                .warmupTime(time)
                .measurementIterations(iterations)
                .measurementTime(time);
    }
}
