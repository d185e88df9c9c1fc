package io.tokenlz.hypertokens.embedding;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The hyper-encoders of a checkpoint: that of the input side and that of the output side, which are one and the same where a
 * model ties them. Immutable and thread-safe.
 *
 * <pre>{@code
 * try (SafetensorsFile model = SafetensorsFile.open(folder.resolve("model.safetensors"))) {
 *     Zip2ZipEncoders encoders = Zip2ZipEncoders.read(folder, padId,
 *             model.tensor("model.embed_tokens.weight"), model.tensor("lm_head.weight"));
 * }
 * }</pre>
 */
public final class Zip2ZipEncoders {
    private static final String CONFIG = "zip2zip_config.json";
    private static final String WEIGHTS = "zip2zip_encoders.safetensors";
    private static final String OLDER_WEIGHTS = "encoders.safetensors";
    private static final String INPUT = "input_encoder.";
    private static final String OUTPUT = "output_encoder.";

    private final HyperEncoder input;
    private final HyperEncoder output;

    private Zip2ZipEncoders(HyperEncoder input, HyperEncoder output) {
        this.input = input;
        this.output = output;
    }

    /**
     * Reads {@code zip2zip_config.json} and {@code zip2zip_encoders.safetensors} (or, as older checkpoints call it,
     * {@code encoders.safetensors}) of a folder. Needs jackson-core, an optional dependency.
     *
     * @param folder a checkpoint
     * @param padId the padding ID of the model's tokenizer
     * @param inputRows the model's embedding ({@code model.embed_tokens.weight}): a row of D numbers for each base token
     * @param outputRows its output embedding ({@code lm_head.weight}); the same tensor where the model ties the two
     * @return the encoders
     * @throws IOException if a file can't be read
     * @throws MalformedTensorFileException if the weights' file is malformed or has other weights than the configuration says
     * @throws IllegalArgumentException if the configuration's file is no JSON, or a field is missing, of another type or out of
     *     range, with the field's path; or if the rows or {@code padId} don't fit
     */
    public static Zip2ZipEncoders read(Path folder, int padId, Tensor inputRows, Tensor outputRows) throws IOException {
        EncoderFields fields = EncoderFields.read(folder.resolve(CONFIG));
        EncoderConfig config = fields.config();
        boolean tied = fields.tied();
        Path weights = folder.resolve(WEIGHTS);
        if (config.kind() == EncoderKind.MEAN) {
            return of(
                    new HyperEncoder(config, Map.of(), inputRows, padId),
                    new HyperEncoder(config, Map.of(), outputRows, padId));
        }
        if (!Files.exists(weights) && Files.exists(folder.resolve(OLDER_WEIGHTS))) {
            weights = folder.resolve(OLDER_WEIGHTS);
        }
        try (SafetensorsFile file = SafetensorsFile.open(weights)) {
            requireOnlyEncoders(file, tied);
            HyperEncoder input = HyperEncoder.read(file, INPUT, config, inputRows, padId);
            HyperEncoder output =
                    tied ? input.withBaseRows(outputRows) : HyperEncoder.read(file, OUTPUT, config, outputRows, padId);
            return of(input, output);
        }
    }

    private static Zip2ZipEncoders of(HyperEncoder input, HyperEncoder output) {
        boolean same = input.baseRows() == output.baseRows() && input.sharesWeightsWith(output);
        return new Zip2ZipEncoders(input, same ? input : output);
    }

    /** Weights of an output side beside a configuration that ties the two: one of the files is of another checkpoint. */
    private static void requireOnlyEncoders(SafetensorsFile file, boolean tied) {
        for (String name : file.names()) {
            if (!name.startsWith(INPUT) && (tied || !name.startsWith(OUTPUT))) {
                throw file.unexpected(
                        name, "names that begin with " + INPUT + (tied ? " (tie_encoders)" : " or " + OUTPUT));
            }
        }
    }

    /**
     * The encoder of rows that the model looks up.
     *
     * @return an encoder
     */
    public HyperEncoder input() {
        return input;
    }

    /**
     * The encoder of rows that logits are computed with.
     *
     * @return an encoder; {@link #input} itself if weights and base rows are the same
     */
    public HyperEncoder output() {
        return output;
    }

    /**
     * Whether one table serves both sides.
     *
     * @return whether {@link #output} is {@link #input}
     */
    public boolean tied() {
        return input == output;
    }
}
