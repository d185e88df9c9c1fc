package io.tokenlz.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.hypertokens.Codebook;
import io.tokenlz.hypertokens.HypertokenCodec;
import io.tokenlz.hypertokens.HypertokenConfig;
import io.tokenlz.hypertokens.HypertokenEncoder;
import io.tokenlz.hypertokens.HypertokenStream;
import io.tokenlz.hypertokens.ReplayRule;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** HYPERTOKENS.md, section 3: under base replay the codebook is the greedy encoder's, however a model chose its IDs. */
class NonGreedyStreamsTest {
    private static final int STREAMS = 1_000_000;
    private static final int CONFIGURATIONS = 1000;
    private static final int MOST_IDS = 40;

    private final SplittableRandom random = new SplittableRandom(4);
    private final ArrayTokenInput input = new ArrayTokenInput();
    private final ArrayTokenOutput output = new ArrayTokenOutput();
    private final int[] ids = new int[MOST_IDS];
    private final int[] tokens = new int[MOST_IDS * 6];
    private final int[] encoded = new int[MOST_IDS * 6];

    @Test
    void aMillionStreamsEndWithTheGreedyEncodersCodebook() {
        long hypertokens = 0;
        for (int i = 0; i < CONFIGURATIONS; i++) {
            HypertokenConfig config = configuration();
            HypertokenStream stream = new HypertokenStream(config);
            HypertokenEncoder encoder = new HypertokenCodec(config).newEncoder();
            for (int j = 0; j < STREAMS / CONFIGURATIONS; j++) {
                int count = random.nextInt(MOST_IDS + 1);
                int length = emit(stream, count);
                encoder.reset();
                encoder.transform(input.wrap(tokens, 0, length), output.wrap(encoded));
                assertSame(stream, encoder.codebook(), count);
                hypertokens += count;
            }
        }
        assertThat(hypertokens).isGreaterThan(STREAMS);
    }

    private HypertokenConfig configuration() {
        HypertokenConfig.Builder builder = HypertokenConfig.builder(random.nextInt(1, 6), ReplayRule.BASE)
                .codebookSize(random.nextInt(0, 24))
                .maxSubtokens(random.nextInt(1, 7));
        return (random.nextInt(3) == 0 ? builder.padId(0) : builder).build();
    }

    /** What a model might emit: base tokens, live hypertokens, self-references. Returns the base tokens' number. */
    private int emit(HypertokenStream stream, int count) {
        stream.reset();
        int length = 0;
        for (int i = 0; i < count; i++) {
            int live = stream.codebook().size();
            int id = stream.config().vocabularySize() + random.nextInt(live + 1);
            if (random.nextInt(10) < 4 || !stream.accepts(id)) {
                id = random.nextInt(stream.config().vocabularySize());
            }
            ids[i] = id;
            int span = stream.accept(id);
            for (int at = 0; at < span; at++) {
                tokens[length++] = stream.spanToken(at);
            }
        }
        return length;
    }

    private void assertSame(HypertokenStream stream, Codebook greedy, int count) {
        Codebook found = stream.codebook();
        boolean same = found.size() == greedy.size();
        for (int id = greedy.firstId(); same && greedy.contains(id); id++) {
            same = found.length(id) == greedy.length(id);
            for (int i = 0; same && i < greedy.length(id); i++) {
                same = found.subtoken(id, i) == greedy.subtoken(id, i);
            }
        }
        if (!same) {
            throw new AssertionError(stream.config() + ": another codebook than the greedy encoder's after "
                    + Arrays.toString(Arrays.copyOf(ids, count)));
        }
    }
}
