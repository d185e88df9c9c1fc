package io.tokenlz.hypertokens.embedding;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All that determines a hypertoken's row: the encoder's sizes and weights, the rows of the base tokens, and the padding ID.
 * Immutable and thread-safe.
 */
public final class HyperEncoder {
    private final EncoderConfig config;
    private final Map<String, Tensor> weights;
    private final Tensor baseRows;
    private final int padId;

    /**
     * Puts an encoder together.
     *
     * @param config its sizes
     * @param weights just those of {@link EncoderConfig#weightShapes}; the map is copied
     * @param baseRows the model's embedding: a row of D numbers for each base token
     * @param padId the padding ID, which has a row too
     * @throws IllegalArgumentException naming the weight that is missing, too much or of another shape
     */
    public HyperEncoder(EncoderConfig config, Map<String, Tensor> weights, Tensor baseRows, int padId) {
        this.config = config;
        this.weights = Map.copyOf(weights);
        this.baseRows = baseRows;
        this.padId = padId;
        Map<String, int[]> shapes = config.weightShapes();
        shapes.forEach(this::requireWeight);
        for (String name : weights.keySet()) {
            if (!shapes.containsKey(name)) {
                throw new IllegalArgumentException(config.kind().fileName() + " encoder has no weight " + name);
            }
        }
        if (baseRows.shape().length != 2 || baseRows.size(1) != config.modelSize()) {
            throw new IllegalArgumentException(
                    "baseRows must be of " + config.modelSize() + " numbers each, are " + baseRows);
        }
        if (padId < 0 || padId >= baseRows.size(0)) {
            throw new IllegalArgumentException("padId must be 0 to " + (baseRows.size(0) - 1) + ", is " + padId);
        }
    }

    private void requireWeight(String name, int[] shape) {
        Tensor weight = weights.get(name);
        if (weight == null || !weight.hasShape(shape)) {
            throw new IllegalArgumentException(
                    "weight " + name + " must have shape " + Arrays.toString(shape) + ", is " + weight);
        }
    }

    /**
     * Makes an encoder without weights: a hypertoken's row is the mean of its base tokens'.
     *
     * @param baseRows the model's embedding: a row for each base token
     * @param padId the padding ID, which has a row too
     * @param maxSubtokens the most base tokens of a hypertoken
     * @return an encoder
     * @throws IllegalArgumentException if something is out of range
     */
    public static HyperEncoder mean(Tensor baseRows, int padId, int maxSubtokens) {
        int[] shape = baseRows.shape();
        int size = shape.length == 2 ? shape[1] : 0;
        EncoderConfig config =
                EncoderConfig.builder(EncoderKind.MEAN, size, maxSubtokens).build();
        return new HyperEncoder(config, Map.of(), baseRows, padId);
    }

    /**
     * Reads an encoder's weights.
     *
     * @param file a checkpoint's weights
     * @param prefix what their names begin with: {@code input_encoder.} or {@code output_encoder.}
     * @param config the encoder's sizes
     * @param baseRows the model's embedding: a row of D numbers for each base token
     * @param padId the padding ID, which has a row too
     * @return an encoder, independent of the file
     * @throws IOException if the file can't be read
     * @throws MalformedTensorFileException if a weight is missing or of another shape, or one with the prefix is not of such an
     *     encoder
     * @throws IllegalArgumentException if {@code baseRows} or {@code padId} don't fit
     */
    public static HyperEncoder read(
            SafetensorsFile file, String prefix, EncoderConfig config, Tensor baseRows, int padId) throws IOException {
        Map<String, int[]> shapes = config.weightShapes();
        for (String name : file.names()) {
            // a weight left out would give wrong rows without any error
            if (name.startsWith(prefix) && !shapes.containsKey(name.substring(prefix.length()))) {
                throw file.unexpected(name, "only weights of a " + config.kind().fileName() + " encoder");
            }
        }
        Map<String, Tensor> weights = new LinkedHashMap<>();
        for (Map.Entry<String, int[]> weight : shapes.entrySet()) {
            weights.put(weight.getKey(), file.tensor(prefix + weight.getKey(), weight.getValue()));
        }
        return new HyperEncoder(config, weights, baseRows, padId);
    }

    /**
     * Its sizes.
     *
     * @return the configuration
     */
    public EncoderConfig config() {
        return config;
    }

    /**
     * One of its weights.
     *
     * @param name a name of {@link EncoderConfig#weightShapes}
     * @return the weight
     * @throws IllegalArgumentException if there is none of that name
     */
    public Tensor weight(String name) {
        Tensor weight = weights.get(name);
        if (weight == null) {
            throw new IllegalArgumentException(config.kind().fileName() + " encoder has no weight " + name);
        }
        return weight;
    }

    /**
     * The model's embedding.
     *
     * @return a row of D numbers for each base token
     */
    public Tensor baseRows() {
        return baseRows;
    }

    /**
     * The padding ID.
     *
     * @return a base token
     */
    public int padId() {
        return padId;
    }

    /** The same encoder over another embedding of the same size. */
    HyperEncoder withBaseRows(Tensor otherRows) {
        return new HyperEncoder(config, weights, otherRows, padId);
    }

    boolean sharesWeightsWith(HyperEncoder other) {
        return weights.equals(other.weights); // tensors are equal only to themselves
    }

    /**
     * The same encoder as a model of another precision has it.
     *
     * @param type what weights and base rows are rounded to
     * @return an encoder
     */
    public HyperEncoder as(ElementType type) {
        Map<String, Tensor> rounded = new LinkedHashMap<>();
        weights.forEach((name, weight) -> rounded.put(name, weight.as(type)));
        return new HyperEncoder(config, rounded, baseRows.as(type), padId);
    }
}
