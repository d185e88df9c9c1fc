package io.tokenlz.hypertokens.embedding;

import io.tokenlz.hypertokens.embedding.KernelSteps.Pooling;

/** One side of a table: its rows, and the steps that compute them. */
final class OpenClSide {
    /** Entries that a CPU computes at a time: what layers hand to each other stays in its caches. */
    private static final int CPU_ENTRIES = 16;

    private static final int GPU_ENTRIES = 256;

    /** The most numbers of an activation, however large the encoder. */
    private static final int ACTIVATION_NUMBERS = 1 << 26;

    private final OpenClMemory memory;
    private final EncoderConfig config;
    private final KernelSteps kernels;
    private final long rows;
    private final KernelStep[] steps;

    /** Entries computed at a time. */
    private final int entriesAtOnce;

    OpenClSide(OpenClMemory memory, TableLayout layout, HyperEncoder encoder, long entries) {
        this.memory = memory;
        config = encoder.config();
        rows = memory.buffer(
                (long) layout.rows() * layout.modelSize() * layout.elementType().bytes());
        kernels = new KernelSteps(memory, encoder, entries);
        entriesAtOnce = config.kind() == EncoderKind.MEAN ? layout.launchEntries() : entriesAtOnce(layout);
        switch (config.kind()) {
            case MEAN -> kernels.mean(rows);
            case ATTENTION -> attention();
            case TRANSFORMER -> transformer();
            case RES_LATENT_ATTN -> resLatent();
        }
        steps = kernels.steps();
    }

    private int entriesAtOnce(TableLayout layout) {
        int widest = Math.max(Math.max(config.hiddenSize(), config.modelSize()), config.intermediateSize());
        int most = Math.max(1, ACTIVATION_NUMBERS / (config.maxSubtokens() * widest));
        int wanted = memory.driver().isCpu() ? CPU_ENTRIES : GPU_ENTRIES;
        return Math.min(Math.min(wanted, most), layout.launchEntries());
    }

    private long activation(int rowsPerEntry, int size) {
        return memory.floats((long) entriesAtOnce * rowsPerEntry * size);
    }

    /** Room for what an attention and an MLP work on, shared by all layers. */
    private final class Layers {
        private final int slots = config.maxSubtokens();
        private final long queries = activation(slots, config.hiddenSize());
        private final long keys = activation(slots, config.hiddenSize());
        private final long values = activation(slots, config.hiddenSize());
        private final long mixed = activation(slots, config.hiddenSize());
        private final long intermediate = activation(slots, config.intermediateSize());

        /** Of weights whose names are the pattern with q, k, v and o for {@code %s}. */
        void attention(String pattern, AttentionMask mask, long x, long result, boolean adds) {
            kernels.linear(pattern.replace("%s", "q"), x, queries, slots, false);
            kernels.linear(pattern.replace("%s", "k"), x, keys, slots, false);
            kernels.linear(pattern.replace("%s", "v"), x, values, slots, false);
            kernels.attention(queries, keys, values, mixed, mask);
            kernels.linear(pattern.replace("%s", "o"), mixed, result, slots, adds);
        }

        void addMlp(String up, String down, long x, long sum) {
            kernels.linear(up, x, intermediate, slots, false);
            kernels.gelu(intermediate);
            kernels.linear(down, intermediate, sum, slots, true);
        }
    }

    private void attention() {
        long x = activation(config.maxSubtokens(), config.hiddenSize());
        kernels.gather(x);
        kernels.addPositions("pos_embed.weight", x);
        new Layers().attention("attention.%s_proj.weight", AttentionMask.BETWEEN_VALID, x, x, false);
        poolAndScatter(x, Pooling.MEAN_OF_ALL);
    }

    private void transformer() {
        long x = activation(config.maxSubtokens(), config.hiddenSize());
        Layers layers = new Layers();
        kernels.gather(x);
        if (config.positions()) {
            kernels.addPositions("pos_embed.weight", x);
        }
        for (int i = 0; i < config.layers(); i++) {
            String layer = "layers." + i + ".";
            layers.attention(layer + "attention.%s_proj.weight", AttentionMask.BETWEEN_VALID, x, x, true);
            kernels.norm(layer + "post_attention_layernorm", x, x);
            layers.addMlp(layer + "mlp.fc1.weight", layer + "mlp.fc2.weight", x, x);
            kernels.norm(layer + "post_mlp_layernorm", x, x);
        }
        poolAndScatter(x, Pooling.MEAN_OF_ALL);
    }

    private void resLatent() {
        int slots = config.maxSubtokens();
        long x = activation(slots, config.hiddenSize());
        long normalised = activation(slots, config.hiddenSize());
        Layers layers = new Layers();
        if (config.projects()) {
            long gathered = activation(slots, config.modelSize());
            kernels.gather(gathered);
            kernels.linear("proj_in.weight", gathered, x, slots, false);
        } else {
            kernels.gather(x);
        }
        kernels.addPositions("pos_embed.weight", x);
        AttentionMask mask = config.causal() ? AttentionMask.TO_VALID_BEFORE : AttentionMask.TO_VALID;
        for (int i = 0; i < config.layers(); i++) {
            String layer = "layers." + i + ".";
            kernels.norm(layer + "norm1", x, normalised);
            layers.attention(layer + "w%s.weight", mask, normalised, x, true);
            kernels.norm(layer + "norm2", x, normalised);
            layers.addMlp(layer + "w1.weight", layer + "w2.weight", normalised, x);
        }
        kernels.norm("norm", x, x);
        poolAndScatter(x, config.causal() ? Pooling.LAST_VALID : Pooling.MEAN_OF_VALID);
    }

    private void poolAndScatter(long x, Pooling pooling) {
        long pooled = activation(1, config.hiddenSize());
        kernels.pool(x, pooled, pooling);
        long results = pooled;
        if (config.projects()) {
            results = activation(1, config.modelSize());
            kernels.linear("proj_out.weight", pooled, results, 1, false);
        }
        kernels.scatter(results, rows);
    }

    long rows() {
        return rows;
    }

    /** Computes entries of a launch, in parts; the last kernel signals if it is to. */
    void encode(int count, boolean signals) {
        for (int first = 0; first < count; first += entriesAtOnce) {
            int some = Math.min(entriesAtOnce, count - first);
            boolean last = first + some == count;
            for (int step = 0; step < steps.length; step++) {
                steps[step].run(first, some, signals && last && step == steps.length - 1);
            }
        }
    }
}
