package io.tokenlz.hypertokens;

import io.tokenlz.frames.ByteDamage;
import io.tokenlz.frames.FuzzRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Function;

/**
 * Reads whatever it is given as a model's {@code zip2zip_config.json}, as bytes and, where they are UTF-8, as text: the same
 * configuration, or a refusal that says the same.
 */
final class ModelConfigCheck implements FuzzRun.Check {
    private static final byte[] RIGHT = """
            {"format_version": 2, "compression": {"initial_vocab_size": 320, "max_codebook_size": 20, "max_subtokens": 4,
             "pad_token_id": 7, "disabled_ids": [0, 1, 319], "more": {"a": [1.5e3, null, true, "\\u00e9"]}}, "b": "ü"}
            """.getBytes(StandardCharsets.UTF_8);

    /** The right one, mostly damaged. */
    static Function<Random, byte[]> inputs() {
        return random -> random.nextInt(8) == 0
                ? RIGHT.clone()
                : new ByteDamage(random).damaged(RIGHT, "[{}\"9,]".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String check(byte[] input, Random random) throws IOException {
        String outcome;
        try {
            HypertokenConfig config = Zip2ZipConfigFile.read(new ByteArrayInputStream(input), 7, ReplayRule.BASE);
            outcome = config.toString();
        } catch (IllegalArgumentException refused) {
            outcome = String.valueOf(refused.getMessage());
        }
        String text = new String(input, StandardCharsets.UTF_8);
        if (!outcome.equals("not UTF-8") && text.indexOf('\uFFFD') < 0) {
            String again;
            try {
                again = Zip2ZipConfigFile.parse(text, 7, ReplayRule.BASE).toString();
            } catch (IllegalArgumentException refused) {
                again = String.valueOf(refused.getMessage());
            }
            if (!again.equals(outcome)) {
                throw new AssertionError("as bytes: " + outcome + "; as text: " + again);
            }
        }
        return outcome.replaceAll("[0-9]+", "#").replaceAll("column #: .*", "column #");
    }
}
