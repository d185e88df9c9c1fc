package io.tokenlz.conformance;

import io.tokenlz.frames.FrameWriterOptions;
import io.tokenlz.frames.FrameWriterOptions.Level;
import io.tokenlz.frames.StreamHeader;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Headers, options, tokens and flushes for the wire format: vocabularies at the edges of the format's short forms, every level, stored
 * and streamed, windows shorter and longer than streams. Thread-safe.
 */
public final class FrameArbitraries {
    /** IDs below the first are sent in two bytes, those below the second in three. */
    private static final List<Integer> FORM_BOUNDS = List.of(1 << 14, (1 << 14) + (1 << 21));

    /** Our writer asks the model only about frames of so many tokens. */
    private static final int MODELLED_FROM = 1024;

    private FrameArbitraries() {}

    /**
     * Streams without a codec whose frames the model of FORMAT.md, section 8, codes: long ones, at the level that is smallest.
     *
     * @return a generator
     */
    public static Arbitrary<FrameCase> modelled() {
        return cases(400).map(that -> {
            int[] tokens = that.tokens().length == 0 ? new int[] {0} : that.tokens();
            int[] longer = new int[MODELLED_FROM + 3 * tokens.length];
            for (int i = 0; i < longer.length; i++) {
                // again and again, but never quite the same
                longer[i] = i % 97 == 0 ? 0 : tokens[i % tokens.length];
            }
            FrameWriterOptions options = new FrameWriterOptions(
                    Level.SMALLEST, 1 << 12, 0, that.options().checkAllFrames());
            return new FrameCase(that.header(), options, longer, new int[] {MODELLED_FROM});
        });
    }

    /**
     * Streams without a codec.
     *
     * @param mostTokens the longest stream
     * @return a generator
     */
    public static Arbitrary<FrameCase> cases(int mostTokens) {
        return Arbitraries.of(1, 2, 30, 1 << 14, (1 << 14) + 2, 200_019, (1 << 14) + (1 << 21) + 1, Integer.MAX_VALUE)
                .flatMap(size -> Combinators.combine(
                                headers(size),
                                options(),
                                TokenArbitraries.streams(vocabulary(size), mostTokens),
                                Arbitraries.integers()
                                        .between(0, mostTokens)
                                        .set()
                                        .ofMaxSize(8))
                        .as((header, options, tokens, flushes) -> new FrameCase(
                                header,
                                options,
                                tokens,
                                flushes.stream()
                                        .mapToInt(Integer::intValue)
                                        .filter(flush -> flush <= tokens.length)
                                        .sorted()
                                        .toArray())))
                .withoutEdgeCases();
    }

    private static List<Integer> vocabulary(int size) {
        List<Integer> tokens = new ArrayList<>(TokenArbitraries.edges(size));
        for (int bound : FORM_BOUNDS) {
            if (bound < size) {
                tokens.add(bound - 1);
                tokens.add(bound);
            }
        }
        return tokens;
    }

    private static Arbitrary<StreamHeader> headers(int vocabularySize) {
        return Combinators.combine(
                        Arbitraries.of(0, 1, 5, 100, 4096),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, 32))
                .as((window, stored, fingerprint) -> {
                    StreamHeader.Builder builder =
                            StreamHeader.builder(vocabularySize).window(window);
                    if (stored) {
                        builder.stored();
                    }
                    return (fingerprint == 0 ? builder : builder.tokenizerFingerprint(new byte[fingerprint])).build();
                });
    }

    private static Arbitrary<FrameWriterOptions> options() {
        return Combinators.combine(
                        Arbitraries.of(Level.class),
                        Arbitraries.of(1, 2, 7, 63, 64, 300, 4096),
                        Arbitraries.of(0L, 1L, 50L, 1000L),
                        Arbitraries.of(true, false))
                .as(FrameWriterOptions::new);
    }
}
