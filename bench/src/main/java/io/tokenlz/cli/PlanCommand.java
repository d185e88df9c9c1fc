package io.tokenlz.cli;

import io.tokenlz.bench.Tokenizer;
import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.metatokens.MetaTokenConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        versionProvider = TokenLz.Version.class,
        description = {
            "Write what a script needs that fine-tunes a model for meta-tokens, as JSON: the reserved IDs, the pool, the"
                    + " vocabulary with them and the rows to add to an embedding, and the dictionaries that a sample gets.",
            "The options are those that encode takes with --codec meta."
        },
        footer = {
            "",
            "Examples:",
            "  tokenlz plan --vocab o200k_base --form nested prompt.txt plan.json",
            "  tokenlz plan --vocab-size 32000 --pool 31000-31999 prompt.u32 plan.json",
            "  tokenlz plan --vocab-size 200019 --dictionary chat.tlzd prompt.u32 plan.json"
        })
final class PlanCommand implements Callable<Integer> {
    @Mixin
    private SampleInput sample = new SampleInput();

    @Option(
            names = "--vocab-size",
            paramLabel = "N",
            description = "size of the base vocabulary: IDs are 0 to N-1; default: that of --vocab")
    private @Nullable Integer vocabularySize;

    @Mixin
    private CodecConfiguration.MetaOptions meta = new CodecConfiguration.MetaOptions();

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "OUT",
            description = "where the JSON goes; default: standard output")
    private String out = "-";

    @Override
    public Integer call() throws IOException {
        Tokenizer tokenizer = sample.tokenizer();
        int size = size(tokenizer);
        MetaTokenConfig config = meta.config(size);
        int[] tokens = sample.tokens(tokenizer, size, "the vocabulary's size");
        String json;
        try {
            json = new TrainingPlan(config, tokenizer).toJson(sample.name(), tokens);
        } catch (MalformedTokenStreamException malformed) {
            throw new BadInput(sample.name() + ": " + malformed.getMessage());
        }
        try (OutputFile target = OutputFile.open(out)) {
            target.write(json.getBytes(StandardCharsets.UTF_8));
            target.complete();
        }
        return TokenLz.DONE;
    }

    private int size(@Nullable Tokenizer tokenizer) {
        if (vocabularySize != null) {
            return vocabularySize;
        }
        if (tokenizer == null) {
            throw new BadInput(sample.name() + ": needs --vocab-size or --vocab: where base tokens end");
        }
        return tokenizer.vocabularySize();
    }
}
