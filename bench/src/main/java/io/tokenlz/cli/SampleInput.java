package io.tokenlz.cli;

import io.tokenlz.bench.Tokenizer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One input that is looked at whole: text, or token IDs of which a vocabulary may tell the text. */
final class SampleInput {
    private static final String TEXT_VOCABULARY = "o200k_base";

    @Option(
            names = "--vocab",
            paramLabel = "NAME",
            description = "vocabulary that turns tokens into text, and text into tokens; default for text: "
                    + TEXT_VOCABULARY + ", for IDs: none")
    private @Nullable String vocabulary;

    @Parameters(
            index = "0",
            paramLabel = "IN",
            description = "UTF-8 text, or token IDs (.u32: little-endian, 32 bits); - for IDs from standard input")
    private String in = "-";

    /** How the user calls it. */
    String name() {
        return in;
    }

    /** The vocabulary that was named, or that of text; null for IDs without one. */
    @Nullable
    Tokenizer tokenizer() {
        String name = isText() && vocabulary == null ? TEXT_VOCABULARY : vocabulary;
        return name == null ? null : ReportInputs.tokenizer(name);
    }

    /**
     * Reads all tokens.
     *
     * @param tokenizer what {@link #tokenizer} returned
     * @param size what all IDs must be below, where they are IDs
     * @param sizeName how the user knows that number
     */
    int[] tokens(@Nullable Tokenizer tokenizer, int size, String sizeName) {
        return isText() && tokenizer != null
                ? tokenizer.tokens(DocumentFile.readText(in))
                : IdFile.read(in, size, sizeName);
    }

    private boolean isText() {
        return !in.equals("-") && !in.endsWith(IdFile.SUFFIX);
    }
}
