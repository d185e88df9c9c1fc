package io.tokenlz.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.hypertokens.Codebook;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What a model emits step by step, and what a codebook holds. */
final class HypertokenCases {
    private HypertokenCases() {}

    /** What a model emits: any base token or live hypertoken, the next one, and now and then garbage. */
    static int modelLike(CodecCase that, Codebook codebook, Random random) {
        int live = codebook.size();
        int choice = random.nextInt(100);
        if (choice < 45 && live > 0) {
            return codebook.firstId() + random.nextInt(live);
        }
        if (choice < 55) {
            return codebook.firstId() + live; // the self-reference, or nothing that exists
        }
        if (choice < 56) {
            return codebook.firstId() + live + 1 + random.nextInt(4);
        }
        return that.tokens().length == 0 ? 0 : that.tokens()[random.nextInt(that.tokens().length)];
    }

    /** All entries, each found both ways. */
    static Map<Integer, List<Integer>> entries(Codebook codebook) {
        Map<Integer, List<Integer>> entries = new HashMap<>();
        for (int id = codebook.firstId(); codebook.contains(id); id++) {
            List<Integer> phrase = new ArrayList<>();
            for (int i = 0; i < codebook.length(id); i++) {
                phrase.add(codebook.subtoken(id, i));
            }
            entries.put(id, phrase);
            int[] tokens = phrase.stream().mapToInt(Integer::intValue).toArray();
            assertThat(codebook.find(tokens, 0, tokens.length)).isEqualTo(id);
        }
        return entries;
    }
}
