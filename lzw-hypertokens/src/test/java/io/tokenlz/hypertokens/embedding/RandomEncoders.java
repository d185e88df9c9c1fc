package io.tokenlz.hypertokens.embedding;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Small encoders with weights of a seed. */
final class RandomEncoders {
    private RandomEncoders() {}

    /** D = 12, d = 8, m = 3, 100 base tokens, pad 0. */
    static HyperEncoder resLatent(long seed) {
        EncoderConfig config = EncoderConfig.builder(EncoderKind.RES_LATENT_ATTN, 8, 3)
                .modelSize(12)
                .heads(2)
                .layers(2)
                .intermediateSize(16)
                .build();
        return of(config, 100, 0, seed);
    }

    static HyperEncoder of(EncoderConfig config, int tokens, int padId, long seed) {
        Random random = new Random(seed);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        config.weightShapes().forEach((name, shape) -> weights.put(name, tensor(random, shape)));
        return new HyperEncoder(config, weights, tensor(random, tokens, config.modelSize()), padId);
    }

    static Tensor tensor(Random random, int... shape) {
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

    /** One entry's row by each encoder, computed without a table. */
    static float[] rows(List<HyperEncoder> encoders, int... subtokens) {
        int size = encoders.get(0).config().modelSize();
        float[] rows = new float[encoders.size() * size];
        double[] row = new double[size];
        for (int side = 0; side < encoders.size(); side++) {
            RowEncoder.of(encoders.get(side), new HostDevice()).encode(subtokens, 0, 1, row);
            for (int i = 0; i < size; i++) {
                rows[side * size + i] = (float) row[i];
            }
        }
        return rows;
    }
}
