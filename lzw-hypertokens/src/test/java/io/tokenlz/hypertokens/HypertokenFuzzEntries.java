package io.tokenlz.hypertokens;

import io.tokenlz.core.TokenMemory;
import io.tokenlz.frames.DecoderCheck;
import io.tokenlz.frames.EncoderCheck;
import io.tokenlz.frames.FuzzEntries;
import io.tokenlz.frames.FuzzEntry;
import io.tokenlz.frames.HeaderCheck;
import io.tokenlz.frames.ReaderCheck;
import io.tokenlz.frames.SeedStreams;
import io.tokenlz.frames.StoredCheck;
import io.tokenlz.frames.StreamInputs;
import java.util.ArrayList;
import java.util.List;

/** The hypertoken codec, in frames and without, streams of a server, and a model's configuration. */
public final class HypertokenFuzzEntries implements FuzzEntries {
    static List<HypertokenCodec> codecs() {
        List<HypertokenCodec> codecs = new ArrayList<>();
        for (ReplayRule rule : ReplayRule.values()) {
            HypertokenConfig usual = HypertokenConfig.builder(200_019, rule).build();
            HypertokenConfig small = HypertokenConfig.builder(50, rule)
                    .codebookSize(20)
                    .maxSubtokens(3)
                    .padId(7)
                    .disabledIds(1, 2, 3)
                    .build();
            HypertokenConfig longPhrases = HypertokenConfig.builder(5, rule)
                    .codebookSize(500)
                    .maxSubtokens(40)
                    .build();
            for (HypertokenConfig config : List.of(usual, small, longPhrases)) {
                codecs.add(new HypertokenCodec(config));
            }
        }
        return codecs;
    }

    private static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        codecs().forEach(codec -> seeds.addAll(SeedStreams.of(codec)));
        return seeds;
    }

    @Override
    public List<FuzzEntry> entries() {
        List<FuzzEntry> all = new ArrayList<>();
        for (TokenMemory.Kind kind : DecoderCheck.KINDS) {
            String where = kind == TokenMemory.Kind.ARRAY ? "" : "-" + kind;
            all.add(new FuzzEntry(
                    "hypertokens-decoder" + where,
                    where.isEmpty() ? 10_000 : 2000,
                    () -> DecoderCheck.inputs(codecs()),
                    () -> new DecoderCheck(codecs(), kind)));
            all.add(new FuzzEntry(
                    "hypertokens-encoder" + where,
                    where.isEmpty() ? 2000 : 500,
                    () -> EncoderCheck.inputs(codecs()),
                    () -> new EncoderCheck(codecs(), kind)));
        }
        all.add(new FuzzEntry(
                "hypertokens-reader", 3000, () -> new StreamInputs(seeds()), ReaderCheck::new, StreamInputs::repaired));
        all.add(new FuzzEntry(
                "hypertokens-stored",
                2000,
                () -> new StreamInputs(seeds()).ofStored(),
                StoredCheck::new,
                StreamInputs::repaired));
        all.add(new FuzzEntry(
                "hypertokens-header",
                3000,
                () -> new StreamInputs(seeds()).ofHeaders(),
                HeaderCheck::new,
                StreamInputs::repaired));
        all.add(new FuzzEntry("serving", 2000, ServingCheck::inputs, ServingCheck::new));
        all.add(new FuzzEntry("model-config", 3000, ModelConfigCheck::inputs, ModelConfigCheck::new));
        return all;
    }
}
