package io.tokenlz.cli;

import io.tokenlz.core.TokenCodec;
import io.tokenlz.hypertokens.HypertokenCodec;
import io.tokenlz.hypertokens.HypertokenConfig;
import io.tokenlz.hypertokens.ReplayRule;
import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import io.tokenlz.metatokens.MetaTokenEffort;
import io.tokenlz.metatokens.MetaTokenForm;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say how a codec is configured; which one it is, and of what vocabulary, a command asks itself. */
final class CodecConfiguration {
    enum Kind {
        HYPER,
        META
    }

    @ArgGroup(heading = "Hypertokens:%n", exclusive = false, validate = false)
    private @Nullable HyperOptions hyper;

    @ArgGroup(heading = "Meta-tokens:%n", exclusive = false, validate = false)
    private @Nullable MetaOptions meta;

    static final class HyperOptions {
        @Option(
                names = "--replay",
                paramLabel = "RULE",
                description = "base (zip2zip++) or emitted (zip2zip 0.1.x); default: base")
        private ReplayRule replay = ReplayRule.BASE;

        @Option(
                names = "--codebook-size",
                paramLabel = "C",
                description = "most hypertokens, right above the vocabulary; default: "
                        + HypertokenConfig.DEFAULT_CODEBOOK_SIZE)
        private int codebookSize = HypertokenConfig.DEFAULT_CODEBOOK_SIZE;

        @Option(
                names = "--max-subtokens",
                paramLabel = "M",
                description = "most base tokens of a hypertoken; default: " + HypertokenConfig.DEFAULT_MAX_SUBTOKENS)
        private int maxSubtokens = HypertokenConfig.DEFAULT_MAX_SUBTOKENS;

        @Option(names = "--pad", paramLabel = "ID", description = "the padding ID, never part of a hypertoken")
        private @Nullable Integer pad;

        @Option(
                names = "--disabled",
                paramLabel = "ID[-ID]",
                split = ",",
                description = "IDs that are never part of a hypertoken, single or from-to")
        private List<String> disabled = new ArrayList<>();

        /** The configuration that the options describe. */
        HypertokenConfig config(int vocabularySize) {
            try {
                HypertokenConfig.Builder builder = HypertokenConfig.builder(vocabularySize, replay)
                        .codebookSize(codebookSize)
                        .maxSubtokens(maxSubtokens)
                        .disabledIds(IdRanges.expand("--disabled", disabled, vocabularySize));
                if (pad != null) {
                    builder.padId(pad);
                }
                return builder.build();
            } catch (IllegalArgumentException refused) {
                throw inOptionNames(refused);
            }
        }
    }

    static final class MetaOptions extends ReservedOptions {
        @Option(
                names = "--form",
                paramLabel = "FORM",
                description = "flat, nested or shared; default: flat, or shared with --dictionary")
        private @Nullable MetaTokenForm form;

        @Option(
                names = "--dictionary",
                paramLabel = "FILE",
                description = "the shared dictionary (.tlzd), as train makes it; both sides need it")
        private @Nullable String dictionary;

        @Option(
                names = "--window",
                paramLabel = "TOKENS",
                description = "most base tokens of a block, or of a shared dictionary's entry; default: "
                        + MetaTokenConfig.DEFAULT_WINDOW)
        private int window = MetaTokenConfig.DEFAULT_WINDOW;

        @Option(
                names = "--effort",
                paramLabel = "EFFORT",
                description = "ltsc, fast, default or best: how hard to look for what to replace; default: default")
        private MetaTokenEffort effort = MetaTokenEffort.DEFAULT;

        @Option(
                names = "--longest-run",
                paramLabel = "TOKENS",
                description =
                        "longest run that --effort ltsc looks for; default: " + MetaTokenConfig.DEFAULT_LONGEST_RUN)
        private int longestRun = MetaTokenConfig.DEFAULT_LONGEST_RUN;

        @Option(names = "--seed", paramLabel = "N", description = "draw meta-tokens from the pool at random")
        private @Nullable Long seed;

        /** The configuration that the options describe. */
        MetaTokenConfig config(int vocabularySize) {
            MetaTokenConfig.Builder builder = MetaTokenConfig.builder(vocabularySize)
                    .window(window)
                    .effort(effort)
                    .longestRun(longestRun);
            if (dictionary != null) {
                builder.dictionary(SharedDictionaryFile.read(dictionary));
            }
            if (form != null) {
                builder.form(form);
            }
            addTo(builder);
            if (seed != null) {
                builder.shuffled(seed);
            }
            try {
                return builder.build();
            } catch (IllegalArgumentException refused) {
                throw inOptionNames(refused);
            }
        }
    }

    /** Whether no option of any codec was given. */
    boolean isDefault() {
        return hyper == null && meta == null;
    }

    /** The codec that the options describe. */
    TokenCodec codec(Kind kind, int vocabularySize) {
        if (kind == Kind.HYPER && meta != null) {
            throw new BadInput("--codec hyper takes no option of meta-tokens (see --help)");
        }
        if (kind == Kind.META && hyper != null) {
            throw new BadInput("--codec meta takes no option of hypertokens (see --help)");
        }
        return kind == Kind.HYPER
                ? new HypertokenCodec((hyper == null ? new HyperOptions() : hyper).config(vocabularySize))
                : new MetaTokenCodec((meta == null ? new MetaOptions() : meta).config(vocabularySize));
    }

    /** The library names the fields of its configuration; a user knows the options. */
    private static BadInput inOptionNames(IllegalArgumentException refused) {
        return new BadInput(String.valueOf(refused.getMessage())
                .replace("vocabularySize", "--vocab-size")
                .replace("codebookSize", "--codebook-size")
                .replace("maxSubtokens", "--max-subtokens")
                .replace("padId", "--pad")
                .replace("disabledIds", "--disabled")
                .replace("longestRun", "--longest-run")
                .replaceFirst("^dictionary", "--dictionary")
                .replace("window", "--window"));
    }
}
