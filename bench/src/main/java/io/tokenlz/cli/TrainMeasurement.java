package io.tokenlz.cli;

import io.tokenlz.bench.PrefixMeasurement;
import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import io.tokenlz.metatokens.MetaTokenForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a shared dictionary saves on samples, beside the nested form, which needs none. */
final class TrainMeasurement {
    /** Tokens of a turn where nobody says what ends one. */
    static final int TURN_TOKENS = 512;

    /** Of long conversations no more turns are measured: each is encoded from the start. */
    private static final int MOST_TURNS = 64;

    private final MetaTokenCodec shared;
    private final MetaTokenCodec nested;
    private final MetaTokenCodec following;
    private final @Nullable Integer turnEnd;

    TrainMeasurement(MetaTokenCodec shared, @Nullable Integer turnEnd) {
        this.shared = shared;
        this.turnEnd = turnEnd;
        nested = nested(shared.vocabularySize());
        following = nested(Math.toIntExact(shared.encodedVocabularySize()));
    }

    private static MetaTokenCodec nested(int vocabularySize) {
        return new MetaTokenCodec(MetaTokenConfig.builder(vocabularySize)
                .form(MetaTokenForm.NESTED)
                .build());
    }

    /**
     * What one way of encoding reached.
     *
     * @param name of the way
     * @param tokensOut of all samples
     * @param exact whether all came back
     * @param turns what stays when a conversation grows
     */
    record Outcome(String name, long tokensOut, boolean exact, PrefixMeasurement.Result turns) {}

    List<Outcome> run(List<int[]> samples) {
        return List.of(
                outcome("shared", samples, shared::encode, shared::decode),
                outcome("nested", samples, nested::encode, nested::decode),
                outcome(
                        "shared, then nested",
                        samples,
                        tokens -> following.encode(shared.encode(tokens)),
                        ids -> shared.decode(following.decode(ids))));
    }

    private Outcome outcome(
            String name, List<int[]> samples, UnaryOperator<int[]> encode, UnaryOperator<int[]> decode) {
        PrefixMeasurement turns = new PrefixMeasurement(encode);
        long tokensOut = 0;
        boolean exact = true;
        for (int[] sample : samples) {
            int[] encoded = encode.apply(sample);
            tokensOut += encoded.length;
            exact &= Arrays.equals(sample, decode.apply(encoded));
            turns.add(sample, turnEnds(sample));
        }
        return new Outcome(name, tokensOut, exact, turns.result());
    }

    private int[] turnEnds(int[] sample) {
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i < sample.length && ends.size() < MOST_TURNS; i++) {
            boolean ended = turnEnd == null ? (i + 1) % TURN_TOKENS == 0 : sample[i] == turnEnd;
            if (ended || i == sample.length - 1) {
                ends.add(i + 1);
            }
        }
        return ends.stream().mapToInt(Integer::intValue).toArray();
    }
}
