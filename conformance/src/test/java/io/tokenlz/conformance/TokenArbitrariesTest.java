package io.tokenlz.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.conformance.StreamDamage.Kind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Streams have the shapes that they are named for, and damage does what its kind says. */
class TokenArbitrariesTest {
    private static final List<Integer> VOCABULARY =
            IntStream.range(10, 30).boxed().toList();
    private static final int MOST = 80;

    @Provide
    Arbitrary<int[]> streams() {
        return TokenArbitraries.streams(VOCABULARY, MOST);
    }

    @Provide
    Arbitrary<int[]> text() {
        return TokenArbitraries.textLike(VOCABULARY, MOST);
    }

    @Provide
    Arbitrary<int[]> runs() {
        return TokenArbitraries.runs(VOCABULARY, MOST);
    }

    @Provide
    Arbitrary<int[]> periods() {
        return TokenArbitraries.periods(VOCABULARY, MOST);
    }

    @Provide
    Arbitrary<int[]> nested() {
        return TokenArbitraries.nestedRepeats(VOCABULARY, MOST);
    }

    @Provide
    Arbitrary<int[]> selfReferences() {
        return TokenArbitraries.selfReferences(VOCABULARY, MOST);
    }

    @Provide
    Arbitrary<StreamDamage> damage() {
        return StreamDamage.any(100);
    }

    @Property(tries = 300)
    void streamsAreOfTheVocabularyAndNotTooLong(@ForAll("streams") int[] tokens) {
        assertThat(tokens).hasSizeLessThanOrEqualTo(MOST);
        assertThat(TokenArbitraries.boxed(tokens)).isSubsetOf(VOCABULARY);
    }

    /** The first half of the vocabulary comes more often than the second. */
    @Example
    void textFavoursFewTokens() {
        Map<Integer, Integer> counts = new HashMap<>();
        text().sampleStream()
                .limit(200)
                .forEach(tokens -> IntStream.of(tokens).forEach(token -> counts.merge(token, 1, Integer::sum)));
        assertThat(counts.getOrDefault(10, 0)).isGreaterThan(5 * counts.getOrDefault(29, 0));
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void periodsRepeat(@ForAll("periods") int[] tokens) {
        assertThat(IntStream.rangeClosed(1, 7)
                        .anyMatch(period ->
                                IntStream.range(period, tokens.length).allMatch(i -> tokens[i] == tokens[i - period])))
                .isTrue();
    }

    @Property(tries = 200)
    void selfReferencesBeginAndEndAlike(@ForAll("selfReferences") int[] tokens) {
        assertThat(tokens).isNotEmpty();
        assertThat(tokens.length == MOST || tokens[0] == tokens[tokens.length - 1])
                .isTrue();
    }

    @Example
    void runsAndNestedRepeatsCanBeCodedInFewIds() {
        for (Arbitrary<int[]> shape : List.of(runs(), nested())) {
            int tokens = 0;
            int ids = 0;
            for (int[] stream : shape.sampleStream().limit(200).toList()) {
                tokens += stream.length;
                ids += new HypertokenOracle(30, 1000, 8, Set.of())
                        .encode(TokenArbitraries.boxed(stream))
                        .size();
            }
            assertThat(ids).isLessThan(tokens * 3 / 4);
        }
    }

    @Property(tries = 500)
    void damageIsSmall(@ForAll("streams") int[] tokens, @ForAll("damage") StreamDamage damage) {
        int[] before = tokens.clone();
        int[] damaged = damage.damage(tokens);
        assertThat(tokens).isEqualTo(before);
        int length = tokens.length;
        int expected = switch (damage.kind()) {
            case INSERTED -> length + 1;
            case DOUBLED -> length == 0 ? 0 : length + 1;
            case LOST -> Math.max(0, length - 1);
            case CUT -> length == 0 ? 0 : damage.place() % length;
            case BIT_FLIP, REPLACED, SWAPPED -> length;
        };
        assertThat(damaged).hasSize(expected);
        if (EnumSet.of(Kind.BIT_FLIP, Kind.REPLACED, Kind.SWAPPED).contains(damage.kind())) {
            assertThat(IntStream.range(0, length).filter(i -> tokens[i] != damaged[i]))
                    .hasSizeLessThanOrEqualTo(damage.kind() == Kind.SWAPPED ? 2 : 1);
        }
    }

    @Property(tries = 300)
    void bytesAreDamagedAsTokensAre(@ForAll byte[] bytes, @ForAll("damage") StreamDamage damage) {
        byte[] damaged = damage.damage(bytes);
        assertThat(damaged.length).isBetween(damage.kind() == Kind.CUT ? 0 : bytes.length - 1, bytes.length + 1);
        if (damage.kind() == Kind.BIT_FLIP && bytes.length > 0) {
            int flipped = IntStream.range(0, bytes.length)
                    .map(i -> Integer.bitCount((bytes[i] ^ damaged[i]) & 0xFF))
                    .sum();
            assertThat(flipped).isEqualTo(1);
        }
    }

    @Example
    void aStreamThatWasDamagedIsMostlyAnotherOne() {
        int[] stream = IntStream.range(0, 50).toArray();
        long same = TokenArbitraries.damaged(stream, 100)
                .sampleStream()
                .limit(100)
                .filter(damaged -> Arrays.equals(damaged, stream))
                .count();
        assertThat(same).isLessThan(10);
        assertThat(TokenArbitraries.damaged(new byte[50])
                        .sampleStream()
                        .limit(100)
                        .distinct())
                .hasSizeGreaterThan(10);
    }
}
