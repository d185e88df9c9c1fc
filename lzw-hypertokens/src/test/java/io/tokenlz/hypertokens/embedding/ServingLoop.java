package io.tokenlz.hypertokens.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.hypertokens.Codebook;
import io.tokenlz.hypertokens.HypertokenBatch;
import io.tokenlz.hypertokens.HypertokenConfig;
import io.tokenlz.hypertokens.HypertokenMark;
import io.tokenlz.hypertokens.HypertokenStream;
import io.tokenlz.hypertokens.ReplayRule;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A server's streams and their table: prompts, steps that are not greedy, forks, rollbacks; each row is compared. */
final class ServingLoop {
    private static final int TOKENS = 100;
    private static final int PAD = 0;
    static final int CODEBOOK = 400;

    private final Random random = new Random(20);
    private final List<HyperEncoder> encoders;
    private final HypertokenBatch batch;
    private final HypertokenMark[] marks;
    private final boolean[] marked;
    private final Map<Long, float[]> expected = new HashMap<>();
    private final int size;
    private final float[] rows;

    /** The largest error that is allowed, relative to a row's largest number; 0 if rows must be the same. */
    private final double bound;

    private EmbeddingTable table;
    private EmbeddingHook hook;

    ServingLoop(List<HyperEncoder> encoders, ReplayRule rule, int streams, EmbeddingTable table) {
        this(encoders, rule, streams, table, 0);
    }

    ServingLoop(List<HyperEncoder> encoders, ReplayRule rule, int streams, EmbeddingTable table, double bound) {
        this.bound = bound;
        this.encoders = encoders;
        HypertokenConfig config = HypertokenConfig.builder(TOKENS, rule)
                .codebookSize(CODEBOOK)
                .maxSubtokens(encoders.get(0).config().maxSubtokens())
                .padId(PAD)
                .build();
        batch = new HypertokenBatch(config, streams);
        marks = new HypertokenMark[streams];
        Arrays.setAll(marks, row -> new HypertokenMark());
        marked = new boolean[streams];
        size = encoders.get(0).config().modelSize();
        rows = new float[CODEBOOK * size];
        this.table = table;
        hook = new EmbeddingHook(batch, table);
    }

    /** Goes on with another table, which has nothing yet. */
    void rebuild(EmbeddingTable other) {
        table = other;
        hook = new EmbeddingHook(batch, other);
        table.await(hook.rebuild());
    }

    void prompts(int tokens) {
        int[] prompt = new int[tokens];
        int[] ids = new int[tokens];
        for (int row = 0; row < batch.rows(); row++) {
            Arrays.setAll(prompt, i -> token());
            batch.stream(row).encode(prompt, 0, tokens, ids, 0);
        }
        table.await(hook.update());
    }

    /** Few tokens are frequent, so that phrases come again. */
    private int token() {
        return random.nextInt(50) == 0 ? PAD : 1 + (int) (TOKENS * 0.99 * Math.pow(random.nextDouble(), 3));
    }

    void step() {
        int[] ids = new int[batch.rows()];
        for (int row = 0; row < ids.length; row++) {
            ids[row] = random.nextInt(20) == 0 ? HypertokenBatch.IDLE : sample(batch.stream(row));
        }
        batch.step(ids);
        changeStreams();
        table.await(hook.update());
    }

    /** Anything that is allowed: the self-reference, a live hypertoken, a base token. */
    private int sample(HypertokenStream stream) {
        Codebook codebook = stream.codebook();
        int next = TOKENS + codebook.size();
        if (stream.accepts(next) && random.nextInt(4) == 0) {
            return next;
        }
        return codebook.size() > 0 && random.nextInt(3) == 0 ? TOKENS + random.nextInt(codebook.size()) : token();
    }

    private void changeStreams() {
        int row = random.nextInt(batch.rows());
        switch (random.nextInt(8)) {
            case 0, 1 -> {
                batch.stream(row).mark(marks[row]);
                marked[row] = true;
            }
            case 2, 3 -> {
                if (marked[row]) {
                    hook.rollback(row, marks[row]);
                }
            }
            case 4, 5 -> fork(row, random.nextInt(batch.rows()));
            case 6 -> {
                if (random.nextInt(10) == 0) {
                    marked[row] = false;
                    hook.reset(row);
                }
            }
            default -> {
                if (random.nextInt(10) == 0) {
                    marked[row] = false;
                    hook.replace(row, batch.stream(row).snapshot().open());
                }
            }
        }
    }

    private void fork(int from, int to) {
        if (from != to) {
            marked[to] = false;
            hook.fork(from, to);
        }
    }

    /** Every row of every stream, on every side, against its entry. */
    void compareAll() {
        for (int stream = 0; stream < batch.rows(); stream++) {
            Codebook codebook = batch.stream(stream).codebook();
            assertThat(table.liveEntries(stream)).isEqualTo(codebook.size());
            for (int side = 0; side < encoders.size(); side++) {
                table.read(side == 0 ? TableSide.INPUT : TableSide.OUTPUT, stream, 0, codebook.size(), rows, 0);
                for (int slot = 0; slot < codebook.size(); slot++) {
                    compare(codebook, stream, slot, side);
                }
            }
        }
    }

    private void compare(Codebook codebook, int stream, int slot, int side) {
        float[] wanted = expected(codebook, TOKENS + slot);
        double largest = 0;
        double error = 0;
        for (int i = 0; i < size; i++) {
            largest = Math.max(largest, Math.abs(wanted[side * size + i]));
            error = Math.max(error, Math.abs(rows[slot * size + i] - wanted[side * size + i]));
        }
        if (!(error <= bound * largest)) {
            throw new AssertionError("row of slot " + slot + ", stream " + stream + ", side " + side + ": "
                    + Arrays.toString(Arrays.copyOfRange(rows, slot * size, (slot + 1) * size)));
        }
    }

    private float[] expected(Codebook codebook, int id) {
        long key = 0;
        for (int i = 0; i < codebook.length(id); i++) {
            key = key * TOKENS + codebook.subtoken(id, i);
        }
        float @Nullable [] known = expected.get(key);
        if (known == null) {
            int[] subtokens = new int[encoders.get(0).config().maxSubtokens()]; // the pad is 0
            for (int i = 0; i < codebook.length(id); i++) {
                subtokens[i] = codebook.subtoken(id, i);
            }
            known = RandomEncoders.rows(encoders, subtokens);
            expected.put(key, known);
        }
        return known;
    }
}
