package io.tokenlz.bench;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.TokenCodec;
import io.tokenlz.core.TokenEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Times threads that each encode documents of their own: as many for each, whatever the number of threads. */
public final class ThreadsMeasurement {
    public static final int DOCUMENT_TOKENS = 8192;
    private static final int DOCUMENTS_OF_A_THREAD = 16;

    private final TokenCodec codec;
    private final int threads;

    public ThreadsMeasurement(TokenCodec codec, int threads) {
        this.codec = codec;
        this.threads = threads;
    }

    /**
     * Measures for so many seconds.
     *
     * @return million tokens a second of all threads together
     */
    public double run(double seconds) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Void>> work = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                work.add(encoding(i));
            }
            double pass = FastestPass.seconds(() -> runAll(pool, work), seconds);
            return (double) threads * DOCUMENTS_OF_A_THREAD * DOCUMENT_TOKENS / pass / 1e6;
        } finally {
            pool.shutdown();
        }
    }

    private Callable<Void> encoding(int seed) {
        int[] tokens = new int[DOCUMENTS_OF_A_THREAD * DOCUMENT_TOKENS];
        new GeneratedTokens(seed).read(0, tokens, 0, tokens.length);
        int[] ids = new int[DOCUMENT_TOKENS];
        TokenEncoder encoder = codec.newEncoder();
        ArrayTokenInput input = new ArrayTokenInput();
        ArrayTokenOutput output = new ArrayTokenOutput();
        return () -> {
            for (int from = 0; from < tokens.length; from += DOCUMENT_TOKENS) {
                encoder.reset();
                encoder.transform(input.wrap(tokens, from, DOCUMENT_TOKENS), output.wrap(ids));
                encoder.finish(output);
            }
            return null;
        };
    }

    private static void runAll(ExecutorService pool, List<Callable<Void>> work) {
        try {
            for (Future<Void> done : pool.invokeAll(work)) {
                done.get();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while it measured", stopped);
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }
}
