package io.tokenlz.cli;

import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import io.tokenlz.metatokens.MetaTokenDictionary;
import io.tokenlz.metatokens.MetaTokenTraining;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        versionProvider = TokenLz.Version.class,
        description = {
            "Learn a shared dictionary (.tlzd) from samples: documents, prompts, tool schemas.",
            "Reports what it saves on samples that were held out, and how much of a turn's output stays when a conversation"
                    + " grows by the next one."
        },
        exitCodeListHeading = TokenLz.STATUS_HEADING,
        exitCodeList = {
            "0:the dictionary is written, and what was encoded with it came back",
            "1:something did not come back",
            TokenLz.STATUS_BAD_INPUT,
            TokenLz.STATUS_BUG
        },
        footer = {
            "",
            "Examples:",
            "  tokenlz train --vocab-size 200019 --out chat.tlzd chat.u32",
            "  tokenlz train --entries 4096 --out tools.tlzd schemas/*.json",
            "  tokenlz encode --codec meta --vocab-size 200019 --dictionary chat.tlzd \\",
            "      prompt.u32 packed.u32"
        })
final class TrainCommand implements Callable<Integer> {
    @Option(names = "--out", required = true, paramLabel = "FILE", description = "where the dictionary goes (.tlzd)")
    private String out = "";

    @Option(
            names = "--vocab",
            paramLabel = "NAME",
            defaultValue = "o200k_base",
            description = "vocabulary that text is tokenized with; default: ${DEFAULT-VALUE}")
    private String vocabulary = "o200k_base";

    @Option(
            names = "--vocab-size",
            paramLabel = "N",
            description = "size of the base vocabulary; needed for .u32 files")
    private @Nullable Integer vocabularySize;

    @Option(
            names = "--entries",
            paramLabel = "N",
            description = "most entries; default: " + MetaTokenConfig.DEFAULT_POOL_SIZE + ", or as many as --pool has")
    private @Nullable Integer entries;

    @Option(
            names = "--longest",
            paramLabel = "TOKENS",
            description = "most base tokens of an entry; default: " + MetaTokenConfig.DEFAULT_WINDOW)
    private int longest = MetaTokenConfig.DEFAULT_WINDOW;

    @Mixin
    private ReservedOptions reserved = new ReservedOptions();

    @Option(names = "--revision", paramLabel = "N", description = "number of the dictionary, kept in it; default: 1")
    private int revision = 1;

    @Option(
            names = "--tokenizer",
            paramLabel = "HEX",
            description =
                    "fingerprint of the tokenizer, 1 to 32 bytes, kept in the dictionary; default: the name of --vocab"
                            + " if samples are text")
    private @Nullable String tokenizer;

    @Option(
            names = "--hold-out",
            paramLabel = "K",
            description = "hold every K-th sample out of training and measure on it, 0 for none; default: 10")
    private int holdOut = 10;

    @Option(
            names = "--document",
            paramLabel = "TOKENS",
            description = "tokens in a sample of a .u32 file without an index; default: 8192")
    private int documentTokens = 8192;

    @Option(
            names = "--turn-end",
            paramLabel = "ID",
            description = "the token that ends a turn of a conversation; default: a turn is "
                    + TrainMeasurement.TURN_TOKENS + " tokens")
    private @Nullable Integer turnEnd;

    @Option(names = "--json", description = "print JSON instead of a table")
    private boolean json;

    @Parameters(
            arity = "1..*",
            paramLabel = "SAMPLE",
            description = "UTF-8 text, a sample each, or token IDs (.u32; samples by a .idx file beside it)")
    private List<String> files = new ArrayList<>();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        checkFlags();
        Samples samples = Samples.read(files, vocabulary, vocabularySize, documentTokens);
        List<int[]> learnt = new ArrayList<>();
        List<int[]> heldOut = new ArrayList<>();
        for (int i = 0; i < samples.documents().size(); i++) {
            boolean held = holdOut > 0 && i % holdOut == holdOut - 1;
            (held ? heldOut : learnt).add(samples.documents().get(i));
        }
        MetaTokenDictionary dictionary = learn(samples, learnt);
        write(dictionary);
        MetaTokenConfig.Builder config =
                MetaTokenConfig.builder(samples.vocabularySize()).dictionary(dictionary);
        config.window(longest);
        reserved.addTo(config);
        TrainMeasurement measurement = new TrainMeasurement(new MetaTokenCodec(config.build()), turnEnd);
        TrainReport report = new TrainReport(out, dictionary, learnt, heldOut, measurement.run(heldOut));
        PrintWriter printer = spec.commandLine().getOut();
        if (json) {
            report.printJson(printer);
        } else {
            report.print(printer);
        }
        if (printer.checkError()) {
            throw new BadInput("standard output: cannot be written to");
        }
        return report.exitStatus();
    }

    private void checkFlags() {
        if (out.equals("-")) {
            throw new BadInput("--out must be a file: the report goes to standard output");
        }
        if (entries != null && reserved.hasPool()) {
            throw new BadInput("--entries and --pool exclude each other");
        }
        if (entries != null && (entries < 1 || entries > MetaTokenDictionary.MOST_ENTRIES)) {
            throw new BadInput("--entries must be 1 to " + MetaTokenDictionary.MOST_ENTRIES + ", is " + entries);
        }
        if (holdOut < 0 || holdOut == 1) {
            throw new BadInput("--hold-out must be 0, or at least 2, is " + holdOut);
        }
        if (documentTokens < 1) {
            throw new BadInput("--document must be at least 1, is " + documentTokens);
        }
    }

    private MetaTokenDictionary learn(Samples samples, List<int[]> learnt) {
        try {
            return MetaTokenTraining.learn(trainingConfig(samples.vocabularySize()), learnt, revision, name(samples))
                    .orElseThrow(() -> new BadInput("nothing to learn: no run of tokens occurs in two samples"));
        } catch (MalformedTokenStreamException refused) {
            throw new BadInput("samples, one behind the other: " + refused.getMessage());
        } catch (IllegalArgumentException refused) {
            throw new BadInput(String.valueOf(refused.getMessage())
                    .replace("window", "--longest")
                    .replace("vocabularySize", "--vocab-size")
                    .replace("vocabularyFingerprint", "--tokenizer")
                    .replace("revision", "--revision"));
        }
    }

    private MetaTokenConfig trainingConfig(int size) {
        MetaTokenConfig.Builder builder = MetaTokenConfig.builder(size).window(longest);
        reserved.addTo(builder);
        if (!reserved.hasPool()) {
            int most = entries == null ? MetaTokenConfig.DEFAULT_POOL_SIZE : entries;
            if (size > Integer.MAX_VALUE - 1 - most) {
                throw new BadInput("--vocab-size must leave IDs for " + most + " entries, is " + size);
            }
            builder.addPool(size + 2, size + 1 + most);
        }
        return builder.build();
    }

    private byte[] name(Samples samples) {
        if (tokenizer != null) {
            return HexFingerprint.parse("--tokenizer", tokenizer);
        }
        String name = samples.tokenizer() == null ? "" : samples.tokenizer().name();
        return name.getBytes(StandardCharsets.US_ASCII);
    }

    private void write(MetaTokenDictionary dictionary) throws IOException {
        try (OutputFile target = OutputFile.open(out)) {
            target.write(dictionary.toBytes());
            target.complete();
        }
    }
}
