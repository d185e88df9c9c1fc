package io.tokenlz.hypertokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.MalformedTokenStreamException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is refused, word by word, and what was read and written by then. */
class HypertokenRefusalTest {
    private static final int V = 10;

    private static HypertokenConfig config(ReplayRule rule) {
        return HypertokenConfig.builder(V, rule)
                .codebookSize(3)
                .maxSubtokens(3)
                .padId(0)
                .build();
    }

    private static void assertRefused(
            ReplayRule rule, int[] ids, int position, String expected, String found, int... decoded) {
        HypertokenDecoder decoder = new HypertokenCodec(config(rule)).newDecoder();
        ArrayTokenInput input = new ArrayTokenInput().wrap(ids);
        int[] room = new int[60];
        ArrayTokenOutput output = new ArrayTokenOutput().wrap(room);
        assertThatThrownBy(() -> decoder.transform(input, output))
                .isInstanceOfSatisfying(MalformedTokenStreamException.class, malformed -> {
                    assertThat(malformed.position()).isEqualTo(position);
                    assertThat(malformed.expected()).isEqualTo(expected);
                    assertThat(malformed.found()).isEqualTo(found);
                });
        assertThat(input.position()).isEqualTo(position);
        assertThat(Arrays.copyOf(room, (int) output.position())).isEqualTo(decoded);
    }

    @ParameterizedTest
    @EnumSource
    void aDecoderSaysWhatItWouldHaveTaken(ReplayRule rule) {
        String base = "a base token below 10, ";
        assertRefused(rule, new int[] {10}, 0, base + "no hypertoken yet", "ID 10");
        assertRefused(rule, new int[] {1, 11}, 1, base + "no hypertoken yet or the self-reference 10", "ID 11", 1);
        assertRefused(rule, new int[] {0, 10}, 1, base + "no hypertoken yet", "ID 10", 0);
        assertRefused(
                rule,
                new int[] {1, 2, -1},
                2,
                base + "a hypertoken of 10 to 10 or the self-reference 11",
                "ID -1",
                1,
                2);
        assertRefused(rule, new int[] {1, 2, 1, 12, 13}, 4, base + "a hypertoken of 10 to 12", "ID 13", 1, 2, 1, 1, 1);
        // a phrase of the longest length begins nothing
        assertRefused(rule, new int[] {1, 10, 11, 12}, 3, base + "a hypertoken of 10 to 11", "ID 12", 1, 1, 1, 1, 1, 1);
        // what the self-reference would stand for is there already
        assertRefused(rule, new int[] {1, 10, 0, 1, 11}, 4, base + "a hypertoken of 10 to 10", "ID 11", 1, 1, 1, 0, 1);
    }

    @ParameterizedTest
    @EnumSource
    void anEncoderSaysWhatItWouldHaveTakenAndGoesOn(ReplayRule rule) {
        for (int length = 0; length < 12; length++) {
            for (int alien : new int[] {-1, V, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                int[] tokens = new int[12];
                Arrays.setAll(tokens, i -> 1 + i * i % 3);
                int[] expected = new HypertokenCodec(config(rule)).encode(tokens);
                int[] broken = tokens.clone();
                broken[length] = alien;
                HypertokenEncoder encoder = new HypertokenCodec(config(rule)).newEncoder();
                int[] room = new int[12];
                ArrayTokenInput input = new ArrayTokenInput().wrap(broken);
                ArrayTokenOutput output = new ArrayTokenOutput().wrap(room);
                long position = length;
                assertThatThrownBy(() -> encoder.transform(input, output))
                        .isInstanceOfSatisfying(MalformedTokenStreamException.class, malformed -> {
                            assertThat(malformed.position()).isEqualTo(position);
                            assertThat(malformed.expected()).isEqualTo("a base token of 0 to 9");
                            assertThat(malformed.found()).isEqualTo("ID " + alien);
                        });
                assertThat(input.position()).isEqualTo(length);
                encoder.transform(input.wrap(tokens, length, 12 - length), output);
                assertThat(encoder.finish(output)).isEqualTo(CoderStatus.DONE);
                assertThat(Arrays.copyOf(room, (int) output.position())).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStreamSaysWhereInItsBaseTokensATokenIsNone(ReplayRule rule) {
        HypertokenStream stream = new HypertokenStream(config(rule));
        int[] ids = new int[5];
        assertThatThrownBy(() -> stream.encode(new int[] {1, 2, 1, 2, V}, 0, 5, ids, 0))
                .isInstanceOfSatisfying(MalformedTokenStreamException.class, malformed -> {
                    assertThat(malformed.position()).isEqualTo(4);
                    assertThat(malformed.expected()).isEqualTo("a base token of 0 to 9");
                    assertThat(malformed.found()).isEqualTo("ID 10");
                });
        assertThat(ids).containsExactly(1, 2, 10, 0, 0);
        assertThat(stream.baseTokens()).isEqualTo(4);
        assertThat(stream.acceptedIds()).isEqualTo(3);
    }

    @Test
    void aBatchSaysWhichRowAndWhatIsTooShort() {
        HypertokenBatch batch = new HypertokenBatch(config(ReplayRule.BASE), 2);
        assertThatThrownBy(() -> new HypertokenBatch(config(ReplayRule.BASE), 0))
                .hasMessage("rows must be at least 1, is 0");
        assertThatThrownBy(() -> batch.step(new int[3])).hasMessage("ids must be 2, are 3");
        assertThat(batch.rows()).isEqualTo(2);
        batch.stream(0).accept(new int[] {1, 2, 3}, 0, 3);
        int[] two = new int[2];
        int[] one = new int[1];
        assertThatThrownBy(() -> batch.takeCompact(two, two, new int[5]))
                .hasMessage("the entries need room for 6 numbers, have 5");
        assertThatThrownBy(() -> batch.takePadded(two, two, new int[17]))
                .hasMessage("the entries need room for 18 numbers, have 17");
        assertThatThrownBy(() -> batch.takePadded(one, two, new int[18]))
                .hasMessage("counts and firstSlots need room for 2 rows, have 1");
        assertThatThrownBy(() -> batch.takeCompact(two, one, new int[6]))
                .hasMessage("counts and firstSlots need room for 2 rows, have 1");
        assertThatThrownBy(() -> batch.liveEntries(one)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(one).containsExactly(0);
        int[] exact = new int[18];
        Arrays.fill(exact, 77);
        batch.takePadded(two, new int[2], exact);
        assertThat(exact).containsExactly(1, 2, 0, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        assertThat(two).containsExactly(2, 0);
        assertThatThrownBy(() -> batch.fillLogitMasks(new float[23], 12))
                .hasMessage("the entries need room for 24 numbers, have 23");
        float[] masks = new float[26];
        Arrays.fill(masks, 5);
        batch.fillLogitMasks(masks, 13);
        assertThat(masks[11]).isZero();
        assertThat(masks[12]).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(masks[22]).isZero();
        assertThat(masks[23]).isEqualTo(Float.NEGATIVE_INFINITY);
        HypertokenStream own = batch.stream(1);
        assertThat(batch.replace(1, own)).as("in its own row again").isSameAs(own);
        assertThatThrownBy(() -> batch.replace(0, own)).hasMessage("stream is in row 1 already");
        assertThatThrownBy(() -> batch.replace(0, new HypertokenStream(config(ReplayRule.EMITTED))))
                .hasMessage("stream is of " + config(ReplayRule.EMITTED) + ", the batch of " + config(ReplayRule.BASE));
    }

    @Test
    void aBatchThatIsResetIsAsNew() {
        HypertokenBatch batch = new HypertokenBatch(config(ReplayRule.BASE), 2);
        batch.step(new int[] {1, 2});
        batch.step(new int[] {1, HypertokenBatch.IDLE});
        assertThat(batch.newEntries()).isEqualTo(1);
        batch.reset();
        assertThat(batch.newEntries()).isZero();
        for (int row = 0; row < 2; row++) {
            assertThat(batch.stream(row).acceptedIds()).isZero();
            assertThat(batch.stream(row).codebook().size()).isZero();
        }
    }
}
