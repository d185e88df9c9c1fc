package io.tokenlz.hypertokens;

import java.util.stream.IntStream;

/**
 * The configurations known to be in use (HYPERTOKENS.md, section 9, with the sources). Everything here is immutable and
 * thread-safe.
 *
 * <p><b>A checkpoint's own configuration always wins</b>: read it with {@link Zip2ZipConfigFile}. The constants were put
 * together from published settings for training, export and demonstrations, since the files of the published checkpoints
 * were not at hand. What could not be found out is a parameter.
 *
 * <p>Checkpoints of one base model differ: with Phi-3.5-mini, zip2zip's hypertokens begin at 32,011 and zip2zip++'s at
 * 32,064.
 *
 * <p>The replay rule is that of each project's own program for generation. The zip2zip package from 0.2 on also runs
 * zip2zip++ models, and replays what they emitted; whoever must agree with it needs {@link ReplayRule#EMITTED}.
 */
public final class KnownModels {
    private static final int PHI_3_PAD = 32_000;
    private static final int LLAMA_3_FIRST_SPECIAL = 128_000;
    private static final int LLAMA_3_END_OF_TEXT = 128_001;
    private static final int LLAMA_3_VOCABULARY = 128_256;

    /** Of '0' … '9', in Llama 2's vocabulary, which is Phi-3's. */
    private static final int[] PHI_3_DIGITS = {29900, 29896, 29906, 29941, 29946, 29945, 29953, 29955, 29947, 29929};

    /**
     * zip2zip v0.1 of Phi-3.5-mini-instruct: V = 32,011, C = 2048, m = 4, pad = 32,000; emitted replay.
     *
     * <p>V, C and m are those of its training and, as V, C and pad, of a demonstration of the checkpoint. Disabled are the
     * 14 added tokens (0, 1, 2, 32,000 … 32,010) that the demonstration names. Not verified: that the checkpoint's file
     * lists 0, 1 and 2 among them.
     */
    public static final HypertokenConfig ZIP2ZIP_PHI_3_5_MINI = zip2zipPhi3(2048);

    /**
     * zip2zip v0.1 of Phi-3-medium-4k-instruct: V = 32,011, C = 1024, m = 4, pad = 32,000; emitted replay.
     *
     * <p>V, C and m are those of its training. Pad and the 14 disabled tokens are those of the tokenizer, which is that of
     * {@link #ZIP2ZIP_PHI_3_5_MINI}; not verified for this checkpoint.
     */
    public static final HypertokenConfig ZIP2ZIP_PHI_3_MEDIUM = zip2zipPhi3(1024);

    /**
     * zip2zip++ v0.6.4 of Phi-3.5-mini-instruct and of Phi-3-medium-4k-instruct: V = 32,064, C = 4096, m = 4,
     * pad = 32,000; base replay.
     *
     * <p>V and m are what an export is checked against. C is that of both checkpoints' demonstrations and every setting
     * for training; an export says what its training had. Disabled are the 14 special tokens (0, 1, 2, 32,000 … 32,010)
     * and the 10 digits, as its program for export finds them in the tokenizer. Not verified: the exported files.
     */
    public static final HypertokenConfig ZIP2ZIP_PLUS_PLUS_PHI_3 = HypertokenConfig.builder(32_064, ReplayRule.BASE)
            .codebookSize(4096)
            .maxSubtokens(4)
            .padId(PHI_3_PAD)
            .disabledIds(union(phi3Special(), PHI_3_DIGITS))
            .build();

    /**
     * zip2zip++ v0.6.4 of Llama-3.2-1B-Instruct and of Llama-3.2-3B-Instruct: V = 128,256, C = 4096, m = 4,
     * pad = 128,001; base replay.
     *
     * <p>V and m are what an export is checked against, pad is what it puts into the tokenizer. C is that of both
     * checkpoints' demonstrations and every setting for training; an export says what its training had. Disabled are the
     * 256 special tokens (128,000 … 128,255) and the 1110 pieces of one to three digits, as its program for export finds
     * them in the tokenizer. Not verified: the exported files.
     */
    public static final HypertokenConfig ZIP2ZIP_PLUS_PLUS_LLAMA_3_2 = HypertokenConfig.builder(
                    LLAMA_3_VOCABULARY, ReplayRule.BASE)
            .codebookSize(4096)
            .maxSubtokens(4)
            .padId(LLAMA_3_END_OF_TEXT)
            .disabledIds(union(llama3Special(), Llama3Digits.ids()))
            .build();

    private KnownModels() {}

    /**
     * zip2zip v0.1 of Llama-3.1-8B-Instruct and of Llama-3.2-3B-Instruct: V = 128,256, the 256 special tokens (128,000 …
     * 128,255) disabled; emitted replay. The rest is not known, and must come from the checkpoint and its tokenizer.
     *
     * @param codebookSize C, 0 or more; 2048 was said of it, without a source
     * @param maxSubtokens m, 1 or more; both 3 and 4 were said of it
     * @param padId an ID below V. Meta's tokenizer has none, and zip2zip then takes the one that ends a sequence: of an
     *     Instruct tokenizer 128,009, of another 128,001. Both are disabled anyway, so that it changes no stream, but how
     *     new entries are padded for an embedding
     * @return the configuration
     * @throws IllegalArgumentException naming the parameter that is out of range
     */
    public static HypertokenConfig zip2zipLlama3(int codebookSize, int maxSubtokens, int padId) {
        return HypertokenConfig.builder(LLAMA_3_VOCABULARY, ReplayRule.EMITTED)
                .codebookSize(codebookSize)
                .maxSubtokens(maxSubtokens)
                .padId(padId)
                .disabledIds(llama3Special())
                .build();
    }

    private static HypertokenConfig zip2zipPhi3(int codebookSize) {
        return HypertokenConfig.builder(32_011, ReplayRule.EMITTED)
                .codebookSize(codebookSize)
                .maxSubtokens(4)
                .padId(PHI_3_PAD)
                .disabledIds(phi3Special())
                .build();
    }

    private static int[] phi3Special() {
        return union(new int[] {0, 1, 2}, IntStream.rangeClosed(32_000, 32_010).toArray());
    }

    private static int[] llama3Special() {
        return IntStream.range(LLAMA_3_FIRST_SPECIAL, LLAMA_3_VOCABULARY).toArray();
    }

    private static int[] union(int[] some, int[] others) {
        return IntStream.concat(IntStream.of(some), IntStream.of(others))
                .sorted()
                .toArray();
    }
}
