package io.tokenlz.cli;

import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.frames.FrameWriter;
import io.tokenlz.frames.FrameWriterOptions;
import io.tokenlz.frames.FrameWriterOptions.Level;
import io.tokenlz.frames.StreamHeader;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Stack;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "pack",
        mixinStandardHelpOptions = true,
        versionProvider = TokenLz.Version.class,
        description = {
            "Pack a file of token IDs, losslessly, into a stored stream (.tlz) that unpack and cat read.",
            "By default far repeats are found within a window of 1,048,576 tokens; reading can begin every 4,194,304."
        },
        footer = {
            "",
            "Examples:",
            "  tokenlz pack --vocab-size 200019 corpus.u32 corpus.tlz",
            "  tokenlz pack --vocab-size 50257 --block corpus.bin corpus.tlz"
        })
final class PackCommand implements Callable<Integer> {
    private static final long MEBIBYTE = 1 << 20;
    private static final int BLOCK_TOKENS = 1 << 16;
    private static final FrameWriterOptions BULK = new FrameWriterOptions(Level.BALANCED, BLOCK_TOKENS, 1 << 22, true);

    @Option(
            names = "--vocab-size",
            required = true,
            paramLabel = "N",
            description = "size of the base vocabulary: IDs are 0 to N-1")
    private int vocabularySize;

    @Option(
            names = "--block",
            arity = "0..1",
            paramLabel = "TOKENS",
            preprocessor = AttachedOnly.class,
            description = "blocks that stand for themselves, each the start of random access; default: " + BLOCK_TOKENS)
    private @Nullable Integer blockTokens;

    @Option(names = "--storage", description = "the smallest file, at a far lower speed both ways")
    private boolean storage;

    @Option(
            names = "--tokenizer",
            paramLabel = "HEX",
            description = "fingerprint of the tokenizer, 1 to 32 bytes, kept in the header")
    private @Nullable String tokenizer;

    @Option(
            names = "--codec",
            paramLabel = "CODEC",
            description = "hyper (hypertokens) or meta (meta-tokens) before packing; default: none")
    private CodecConfiguration.@Nullable Kind kind;

    @Mixin
    private CodecConfiguration codecConfiguration = new CodecConfiguration();

    @Parameters(
            index = "0",
            paramLabel = "IN",
            description =
                    "token IDs: .u32 (little-endian, 32 bits; documents by a .idx file beside it), a Megatron .bin with its"
                            + " .idx, or - for 32-bit IDs from standard input")
    private String in = "-";

    @Parameters(index = "1", paramLabel = "OUT", description = "where the stream goes (.tlz); - for standard output")
    private String out = "-";

    /** Lets {@code --block} stand before IN: a number of tokens has to be attached to it. */
    static final class AttachedOnly implements CommandLine.IParameterPreprocessor {
        @Override
        public boolean preprocess(
                Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> parsing) {
            if ("=".equals(parsing.get("separator"))) {
                return false;
            }
            option.setValue(BLOCK_TOKENS);
            return true;
        }
    }

    @Override
    public Integer call() throws IOException {
        FrameWriterOptions options = options();
        StreamHeader header = header();
        TokenFileName name = TokenFileName.of("IN", in);
        try (InputFile source = InputFile.open(in);
                InputFile index = name.openIndex();
                OutputFile target = OutputFile.open(out);
                FrameWriter writer = new FrameWriter(header, options);
                DelayedProgress progress = new DelayedProgress("pack", source.size(), " MiB", MEBIBYTE)) {
            DocumentSource documents = name.megatron() && index != null
                    ? new MegatronDocuments(source, new MegatronIndex(index, source))
                    : new IdDocuments(source, index);
            new FrameFileWriting(writer, target.channel()).run(documents, progress::at);
            target.complete();
        } catch (MalformedTokenStreamException malformed) {
            throw new BadInput(in + ": " + malformed.getMessage());
        } catch (NoSuchFileException | AccessDeniedException named) {
            throw named;
        } catch (IOException failure) {
            // reading names its file itself
            throw new BadInput(out + ": " + TokenLz.describe(failure));
        }
        return TokenLz.DONE;
    }

    private FrameWriterOptions options() {
        if (blockTokens == null) {
            return storage ? BULK.withLevel(Level.SMALLEST) : BULK;
        }
        if (storage) {
            throw new BadInput("--block and --storage exclude each other");
        }
        try {
            // a restart that is due after any token comes with each frame
            return BULK.withLevel(Level.HIGH).withRestartTokens(1).withBlockTokens(blockTokens);
        } catch (IllegalArgumentException refused) {
            throw new BadInput(String.valueOf(refused.getMessage()).replace("blockTokens", "--block"));
        }
    }

    private StreamHeader header() {
        if (kind == null && !codecConfiguration.isDefault()) {
            throw new BadInput("options of a codec need --codec (see --help)");
        }
        StreamHeader.Builder builder = kind == null
                ? StreamHeader.builder(vocabularySize)
                : StreamHeader.builder(codecConfiguration.codec(kind, vocabularySize));
        if (tokenizer != null) {
            builder.tokenizerFingerprint(HexFingerprint.parse("--tokenizer", tokenizer));
        }
        if (blockTokens == null) {
            builder.window(FrameWriterOptions.MOST_WINDOW);
        }
        try {
            return builder.stored().build();
        } catch (IllegalArgumentException refused) {
            throw new BadInput(String.valueOf(refused.getMessage())
                    .replace("vocabularySize", "--vocab-size")
                    .replace("tokenizerFingerprint", "--tokenizer"));
        }
    }
}
