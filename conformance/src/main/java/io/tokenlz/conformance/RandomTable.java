package io.tokenlz.conformance;

import io.tokenlz.hypertokens.embedding.DeviceTable;
import io.tokenlz.hypertokens.embedding.ElementType;
import io.tokenlz.hypertokens.embedding.EmbeddingBackend;
import io.tokenlz.hypertokens.embedding.EncoderConfig;
import io.tokenlz.hypertokens.embedding.EncoderKind;
import io.tokenlz.hypertokens.embedding.HyperEncoder;
import io.tokenlz.hypertokens.embedding.LaunchListener;
import io.tokenlz.hypertokens.embedding.TableLayout;
import io.tokenlz.hypertokens.embedding.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A small table of a backend, with encoders of random weights, and what its listener was told. */
final class RandomTable implements AutoCloseable {
    static final int STREAMS = 3;
    static final int CODEBOOK = 7;
    static final int LAUNCH_ENTRIES = 5;
    private static final int TOKENS = 40;
    private static final int PAD = 0;
    private static final int HIDDEN = 8;
    private static final long LONGEST_WAIT_SECONDS = 20;

    final TableLayout layout;
    final int sides;
    private final DeviceTable device;
    private final Told told = new Told();
    private long launches;

    /** What a table tells of its launches. */
    private static final class Told implements LaunchListener {
        private final List<Long> done = new ArrayList<>();
        private @Nullable Throwable failure;

        @Override
        public synchronized void done(long launch) {
            done.add(launch);
            notifyAll();
        }

        @Override
        public synchronized void failed(long launch, Throwable cause) {
            failure = cause;
            notifyAll();
        }

        synchronized void await(long launch) throws InterruptedException {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
            while (failure == null && (done.isEmpty() || done.get(done.size() - 1) < launch)) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    throw new AssertionError("launch " + launch + " is not done after " + LONGEST_WAIT_SECONDS + " s");
                }
                wait(left);
            }
            if (failure != null) {
                throw new AssertionError("a launch failed", failure);
            }
        }

        synchronized List<Long> done() {
            return List.copyOf(done);
        }
    }

    RandomTable(EmbeddingBackend backend, EncoderKind kind, ElementType type, int sides, long seed) {
        Random random = new Random(seed);
        List<HyperEncoder> encoders = new ArrayList<>();
        int maxSubtokens = 1 + random.nextInt(4);
        for (int side = 0; side < sides; side++) {
            encoders.add(encoder(kind, maxSubtokens, random).as(type));
        }
        EncoderConfig config = encoders.get(0).config();
        this.sides = sides;
        layout = new TableLayout(STREAMS, CODEBOOK, config.modelSize(), config.maxSubtokens(), type, LAUNCH_ENTRIES);
        device = backend.open(layout, encoders, told);
    }

    static HyperEncoder encoder(EncoderKind kind, int maxSubtokens, Random random) {
        if (kind == EncoderKind.MEAN) {
            return HyperEncoder.mean(tensor(random, TOKENS, HIDDEN), PAD, maxSubtokens);
        }
        EncoderConfig.Builder builder =
                EncoderConfig.builder(kind, HIDDEN, maxSubtokens).heads(2);
        if (kind != EncoderKind.ATTENTION) {
            builder.layers(2).intermediateSize(16);
        }
        EncoderConfig config = builder.build();
        Map<String, Tensor> weights = new LinkedHashMap<>();
        config.weightShapes().forEach((name, shape) -> weights.put(name, tensor(random, shape)));
        return new HyperEncoder(config, weights, tensor(random, TOKENS, config.modelSize()), PAD);
    }

    private static Tensor tensor(Random random, int... shape) {
        int elements = 1;
        for (int size : shape) {
            elements *= size;
        }
        float[] numbers = new float[elements];
        for (int i = 0; i < elements; i++) {
            numbers[i] = (float) random.nextGaussian() / 3;
        }
        return Tensor.of(numbers, shape);
    }

    /** Entries of one to m base tokens, filled up with pads. */
    int[] entries(int count, Random random) {
        int m = layout.maxSubtokens();
        int[] subtokens = new int[count * m];
        for (int entry = 0; entry < count; entry++) {
            int length = 1 + random.nextInt(m);
            for (int i = 0; i < length; i++) {
                subtokens[entry * m + i] = 1 + random.nextInt(TOKENS - 1);
            }
        }
        return subtokens;
    }

    /** The next launch, once it is done. */
    void encode(int[] rows, int[] subtokens, int offset, int count) throws InterruptedException {
        device.encode(rows, subtokens, offset, count, ++launches);
        told.await(launches);
    }

    /** The next launch, which may be underway. */
    void beginEncode(int[] rows, int[] subtokens) {
        device.encode(rows, subtokens, 0, rows.length, ++launches);
    }

    void copy(int fromRow, int toRow, int count) throws InterruptedException {
        device.copy(fromRow, toRow, count, ++launches);
        told.await(launches);
    }

    void awaitAll() throws InterruptedException {
        told.await(launches);
    }

    long launches() {
        return launches;
    }

    List<Long> done() {
        return told.done();
    }

    float[] row(int side, int row) {
        float[] numbers = new float[layout.modelSize()];
        device.read(side, row, 1, numbers, 0);
        return numbers;
    }

    void read(int side, int row, int count, float[] target, int offset) {
        device.read(side, row, count, target, offset);
    }

    @Override
    public void close() {
        device.close();
    }
}
