package io.tokenlz.cli;

import io.tokenlz.bench.Tokenizer;
import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.hypertokens.HypertokenCodec;
import io.tokenlz.hypertokens.HypertokenConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        versionProvider = TokenLz.Version.class,
        description = {
            "Show a stream of IDs as a model reads or writes it: each hypertoken in brackets, on a terminal in colours,"
                    + " then a table of what the hypertokens used stand for.",
            "With --vocab as text, else as IDs. Text is shown so that none of it can be mistaken: \\[ \\] \\\\ for"
                    + " themselves, \\n, \\r, \\t, \\u{202E} for a character that would not be seen, \\xE2 for a byte of one"
                    + " that a bracket cuts, \\{ID} for a token without text.",
            "An ID that cannot be known is an error; what came before it is explained."
        },
        footer = {
            "",
            "Examples:",
            "  tokenlz explain --vocab o200k_base answer.u32",
            "  tokenlz explain --vocab o200k_base --encode prompt.u32",
            "  tokenlz explain --vocab-size 32000 --replay emitted --codebook answer.u32"
        })
final class ExplainCommand implements Callable<Integer> {
    private static final int WINDOW_TOKENS = 1 << 14;

    enum Colouring {
        AUTO(Ansi.AUTO),
        ALWAYS(Ansi.ON),
        NEVER(Ansi.OFF);

        private final Ansi ansi;

        Colouring(Ansi ansi) {
            this.ansi = ansi;
        }
    }

    @Option(
            names = "--vocab",
            paramLabel = "NAME",
            description = "vocabulary that turns base tokens into text, such as o200k_base")
    private @Nullable String vocabulary;

    @Option(
            names = "--vocab-size",
            paramLabel = "N",
            description = "size of the model's base vocabulary: its IDs are 0 to N-1; default: that of --vocab")
    private @Nullable Integer vocabularySize;

    @Mixin
    private CodecConfiguration.HyperOptions hyper = new CodecConfiguration.HyperOptions();

    @Option(names = "--encode", description = "IN holds base tokens: encode them first")
    private boolean encode;

    @Option(names = "--codebook", description = "list all hypertokens that there are at the end, not only those used")
    private boolean wholeCodebook;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            description = "auto (on a terminal, unless NO_COLOR is set), always or never; default: auto")
    private Colouring colouring = Colouring.AUTO;

    @Parameters(index = "0", paramLabel = "IN", description = "little-endian 32-bit token IDs; - for standard input")
    private String in = "-";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Tokenizer tokenizer = vocabulary == null ? null : ReportInputs.tokenizer(vocabulary);
        HypertokenConfig config = hyper.config(vocabularySize(tokenizer));
        PrintWriter out = spec.commandLine().getOut();
        try (InputFile source = InputFile.open(in)) {
            explain(source, config, new StreamExplanation(config, tokenizer, colouring.ansi.enabled(), out));
        } catch (MalformedTokenStreamException malformed) {
            throw new BadInput(in + ": " + malformed.getMessage());
        }
        if (out.checkError()) {
            throw new BadInput("standard output: cannot be written to");
        }
        return TokenLz.DONE;
    }

    private int vocabularySize(@Nullable Tokenizer tokenizer) {
        if (vocabularySize != null) {
            return vocabularySize;
        }
        if (tokenizer == null) {
            throw new BadInput("needs --vocab-size or --vocab: where base tokens end and hypertokens begin");
        }
        return tokenizer.vocabularySize();
    }

    private void explain(InputFile source, HypertokenConfig config, StreamExplanation explanation) throws IOException {
        boolean complete = false;
        try {
            if (encode) {
                try (EncodingSink encoding = new EncodingSink(new HypertokenCodec(config).newEncoder(), explanation)) {
                    readAll(source, encoding);
                }
            } else {
                readAll(source, explanation);
            }
            complete = true;
        } finally {
            // what came before an error is worth an explanation, nothing isn't
            if (complete || explanation.hasBegun()) {
                explanation.conclude(wholeCodebook);
            }
        }
    }

    private static void readAll(InputFile source, TokenSink sink) throws IOException {
        TokenFileInput input = new TokenFileInput(source, Integer.BYTES);
        int[] window = new int[WINDOW_TOKENS];
        for (int count; (count = input.read(window, WINDOW_TOKENS)) >= 0; ) {
            sink.write(window, count);
        }
    }
}
