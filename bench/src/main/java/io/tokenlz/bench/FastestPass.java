package io.tokenlz.bench;

/** Times a pass over data: the fastest of those that fit the time given, after a warm-up of half that time. */
final class FastestPass {
    private static final int WARM_UP_SHARE = 2;

    private FastestPass() {}

    /** Seconds of the fastest pass; at least one is run. */
    static double seconds(Runnable pass, double secondsGiven) {
        fastest(pass, secondsGiven / WARM_UP_SHARE);
        return fastest(pass, secondsGiven);
    }

    /** Seconds of one pass as it comes. */
    static double once(Runnable pass) {
        return fastest(pass, 0);
    }

    private static double fastest(Runnable pass, double seconds) {
        long begin = System.nanoTime();
        long best = Long.MAX_VALUE;
        long now = begin;
        do {
            long start = now;
            pass.run();
            now = System.nanoTime();
            best = Math.min(best, now - start);
        } while (now - begin < seconds * 1e9);
        return Math.max(1, best) / 1e9;
    }
}
