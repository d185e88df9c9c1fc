package io.tokenlz.metatokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.TokenDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the decoder changes between its loops and its steps: lengths of entries, room for output, cuts of the input. */
class BodyLoopTest {
    private static final int VOCABULARY_SIZE = 100;
    private static final int WINDOW = 2048;
    private static final int CANARY = -77;

    private final List<Integer> stream = new ArrayList<>();
    private final List<int[]> entries = new ArrayList<>();
    private final List<Integer> expected = new ArrayList<>();
    private final MetaTokenConfig config = config(VOCABULARY_SIZE, VOCABULARY_SIZE + 2);
    private int firstMetaToken = VOCABULARY_SIZE + 2;

    private static MetaTokenConfig config(int dictionaryStart, int pool) {
        return MetaTokenConfig.builder(VOCABULARY_SIZE)
                .form(MetaTokenForm.NESTED)
                .window(WINDOW)
                .delimiters(dictionaryStart, dictionaryStart + 1)
                .addPool(pool, pool + 499)
                .build();
    }

    private void beginDictionary(int dictionaryStart) {
        stream.add(dictionaryStart);
        entries.clear();
    }

    /** Adds an entry: symbols below the vocabulary's size are tokens, ~e is entry e. */
    private void entry(int... symbols) {
        stream.add(firstMetaToken + entries.size());
        List<Integer> expansion = new ArrayList<>();
        for (int symbol : symbols) {
            stream.add(symbol >= 0 ? symbol : firstMetaToken + ~symbol);
            IntStream.of(symbol >= 0 ? new int[] {symbol} : entries.get(~symbol))
                    .forEach(expansion::add);
        }
        entries.add(expansion.stream().mapToInt(Integer::intValue).toArray());
    }

    private void use(int symbol) {
        stream.add(symbol >= 0 ? symbol : firstMetaToken + ~symbol);
        IntStream.of(symbol >= 0 ? new int[] {symbol} : entries.get(~symbol)).forEach(expected::add);
    }

    private static int[] run(int length, int first) {
        return IntStream.range(0, length).map(i -> (first + i * 7) % 90).toArray();
    }

    /** Entries of each length up to 140, of their own tokens and of two others; each used thrice, and tokens between. */
    private void write(int dictionaryStart) {
        beginDictionary(dictionaryStart);
        for (int length : new int[] {1, 2, 3, 4, 7, 8, 9, 15, 31, 32, 33, 63, 64, 65, 70, 127, 128, 129, 140}) {
            entry(run(length, length));
        }
        int own = entries.size();
        entry(~0, ~0);
        entry(~5, 1, ~5);
        entry(~10, ~9); // 64 tokens
        entry(~10, ~10, 5); // 67
        entry(~12, ~own); // 66
        entry(~13, 3, ~(own + 3), ~13);
        entry(~(own + 5));
        for (int e = 0; e < 40; e++) {
            entry(~12, ~12, e); // what is copied for references is soon a window
        }
        entry(~12, ~(own + 2));
        entry(~(entries.size() - 1), 9);
        stream.add(dictionaryStart + 1);
        for (int round = 0; round < 3; round++) {
            for (int e = 0; e < entries.size(); e++) {
                use(~e);
                for (int i = 0; i < (e + round) % 12; i++) {
                    use((e + 13 * i) % VOCABULARY_SIZE - (e + 13 * i) % VOCABULARY_SIZE % 2);
                }
            }
        }
    }

    private void everyRoomGivesTheSame(MetaTokenConfig of, int inputStep) {
        int[] tokens = expected.stream().mapToInt(Integer::intValue).toArray();
        int[] ids = stream.stream().mapToInt(Integer::intValue).toArray();
        try (TokenDecoder decoder = new MetaTokenCodec(of).newDecoder()) {
            for (int room = 1; room <= 300; room += room < 150 ? 1 : 37) {
                decoder.reset();
                assertThat(decodeInRooms(decoder, ids, tokens.length, room, inputStep))
                        .as("room for %d, input in pieces of %d", room, inputStep)
                        .isEqualTo(tokens);
            }
            decoder.reset();
            assertThat(decodeInRooms(decoder, ids, tokens.length, tokens.length + 1, inputStep))
                    .isEqualTo(tokens);
        }
    }

    /** Decodes into windows of {@code room} tokens, behind each of which nothing may be written. */
    private static int[] decodeInRooms(TokenDecoder decoder, int[] ids, int length, int room, int inputStep) {
        int[] decoded = new int[length + room + 1];
        int[] window = new int[room + 8];
        ArrayTokenInput input = new ArrayTokenInput();
        ArrayTokenOutput output = new ArrayTokenOutput();
        int at = 0;
        int fed = 0;
        CoderStatus status = CoderStatus.NEEDS_INPUT;
        while (status == CoderStatus.NEEDS_OUTPUT || fed < ids.length) {
            if (status == CoderStatus.NEEDS_INPUT) {
                int count = Math.min(inputStep, ids.length - fed);
                input.wrap(ids, fed, count);
                fed += count;
            }
            Arrays.fill(window, CANARY);
            status = decoder.transform(input, output.wrap(window, 4, room));
            int produced = (int) output.position();
            assertThat(IntStream.range(0, window.length)
                            .filter(i -> i < 4 || i >= 4 + produced)
                            .allMatch(i -> window[i] == CANARY))
                    .as("nothing is written outside of what was produced")
                    .isTrue();
            System.arraycopy(window, 4, decoded, at, produced);
            at += produced;
        }
        assertThat(decoder.finish(output.wrap(window, 4, 0))).isEqualTo(CoderStatus.DONE);
        return Arrays.copyOf(decoded, at);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 1000, Integer.MAX_VALUE})
    void entriesOfAllLengthsComeOutInAnyRoom(int inputStep) {
        write(VOCABULARY_SIZE);
        everyRoomGivesTheSame(config, inputStep);
    }

    /** The second dictionary has other entries for the same meta-tokens, and fewer. */
    @ParameterizedTest
    @ValueSource(ints = {1, Integer.MAX_VALUE})
    void anotherDictionaryForgetsTheFirst(int inputStep) {
        write(VOCABULARY_SIZE);
        beginDictionary(VOCABULARY_SIZE);
        entry(5, 6);
        entry(~0, 7);
        stream.add(VOCABULARY_SIZE + 1);
        for (int i = 0; i < 50; i++) {
            use(~1);
            use(i);
            use(~0);
        }
        everyRoomGivesTheSame(config, inputStep);
    }

    /** IDs reserved far behind the vocabulary, where the loop has no table. */
    @ParameterizedTest
    @ValueSource(ints = {1, Integer.MAX_VALUE})
    void aFarPoolDecodesTheSame(int inputStep) {
        firstMetaToken = 1_000_000;
        write(VOCABULARY_SIZE);
        everyRoomGivesTheSame(config(VOCABULARY_SIZE, 1_000_000), inputStep);
    }
}
