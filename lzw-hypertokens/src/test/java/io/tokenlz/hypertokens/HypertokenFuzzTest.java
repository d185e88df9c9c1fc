package io.tokenlz.hypertokens;

import io.tokenlz.frames.DecoderCheck;
import io.tokenlz.frames.FuzzRun;
import io.tokenlz.frames.HeaderCheck;
import io.tokenlz.frames.ReaderCheck;
import io.tokenlz.frames.SeedStreams;
import io.tokenlz.frames.StoredCheck;
import io.tokenlz.frames.StreamInputs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Whatever bytes come in as a stream of hypertokens, readers end with tokens or a {@link
 * io.tokenlz.frames.MalformedFrameException}; see {@link FuzzRun}.
 */
class HypertokenFuzzTest {
    private static List<HypertokenCodec> codecs() {
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

    @Test
    void decoderTakesAnything() throws IOException {
        DecoderCheck check = new DecoderCheck(codecs());
        new FuzzRun("hypertokens-decoder", check::input, check).run(10_000);
    }

    @Test
    void readerTakesAnything() throws IOException {
        new FuzzRun("hypertokens-reader", new StreamInputs(seeds()), new ReaderCheck()).run(3000);
    }

    @Test
    void storedStreamTakesAnything() throws IOException {
        new FuzzRun("hypertokens-stored", new StreamInputs(seeds()).ofStored(), new StoredCheck()).run(2000);
    }

    @Test
    void headerTakesAnything() throws IOException {
        new FuzzRun("hypertokens-header", new StreamInputs(seeds()).ofHeaders(), new HeaderCheck()).run(3000);
    }
}
