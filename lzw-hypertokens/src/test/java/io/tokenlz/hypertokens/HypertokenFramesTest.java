package io.tokenlz.hypertokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.BufferByteInput;
import io.tokenlz.core.BufferByteOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.frames.FrameReader;
import io.tokenlz.frames.FrameWriter;
import io.tokenlz.frames.FrameWriterOptions;
import io.tokenlz.frames.StreamHeader;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hypertokens in framed streams (HYPERTOKENS.md, section 7). */
class HypertokenFramesTest {
    private static final HypertokenFrames FRAMES = new HypertokenFrames();

    private static HypertokenConfig config(ReplayRule rule) {
        return HypertokenConfig.builder(1000, rule)
                .codebookSize(300)
                .maxSubtokens(5)
                .padId(7)
                .disabledIds(1, 2, 3)
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void aStreamNamesItsCodecAndItsRule(ReplayRule rule) {
        HypertokenCodec codec = new HypertokenCodec(config(rule));
        int[] tokens = new int[5000];
        Arrays.setAll(tokens, i -> (i * i / 7) % 13);
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        try (FrameWriter writer = new FrameWriter(StreamHeader.builder(codec).build(), FrameWriterOptions.DEFAULT)) {
            BufferByteOutput output = new BufferByteOutput().wrap(bytes);
            for (int at = 0; at < tokens.length; at += 500) {
                writer.write(new ArrayTokenInput().wrap(tokens, at, 500), output);
                writer.flush(output);
            }
            assertThat(writer.finish(output)).isEqualTo(CoderStatus.DONE);
        }
        bytes.flip();
        try (FrameReader reader = new FrameReader()) {
            int[] back = new int[tokens.length];
            assertThat(reader.read(new BufferByteInput().wrap(bytes), new ArrayTokenOutput().wrap(back)))
                    .isEqualTo(CoderStatus.DONE);
            assertThat(back).isEqualTo(tokens);
            assertThat(reader.header()).isEqualTo(StreamHeader.builder(codec).build());
            byte[] configuration = FRAMES.configuration(codec);
            assertThat(((HypertokenCodec) FRAMES.codec(1000, configuration)).config())
                    .isEqualTo(config(rule));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theMemoryOfADecoderIsKnownBeforeItIsMade(ReplayRule rule) {
        HypertokenCodec codec = new HypertokenCodec(config(rule));
        assertThat(FRAMES.decoderBytes(codec))
                .isGreaterThanOrEqualTo(codec.newDecoder().stateBytes());
    }

    @Test
    void theShortestConfigurationDisablesNothing() {
        HypertokenConfig nothing =
                HypertokenConfig.builder(1000, ReplayRule.EMITTED).build();
        byte[] configuration = FRAMES.configuration(new HypertokenCodec(nothing));
        assertThat(configuration).hasSize(18);
        assertThat(FRAMES.name()).isEqualTo("hypertokens");
        assertThat(((HypertokenCodec) FRAMES.codec(1000, configuration)).config())
                .isEqualTo(nothing);
        assertRefused(Arrays.copyOf(configuration, 17), "at least 18 bytes");
    }

    @Test
    void aConfigurationThatIsNoneIsRefused() {
        byte[] right = FRAMES.configuration(new HypertokenCodec(config(ReplayRule.BASE)));
        assertRefused(Arrays.copyOf(right, right.length - 1), "disabledIds");
        assertRefused(Arrays.copyOf(right, right.length + 4), "disabledIds");
        assertRefused(new byte[0], "version 1");
        assertRefused(changed(right, 0, 2), "version 1");
        assertRefused(changed(right, 1, 2), "replay rule");
        assertRefused(changed(right, 5, 0x80), "codebookSize");
        assertRefused(changed(right, 9, 0x80), "maxSubtokens");
        assertRefused(changed(right, 12, 0x10), "padId");
        assertRefused(changed(right, 21, 0x7F), "disabledIds");
        assertThatThrownBy(() -> FRAMES.codec(0, right)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertRefused(byte[] configuration, String reason) {
        assertThatThrownBy(() -> FRAMES.codec(1000, configuration))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    private static byte[] changed(byte[] bytes, int at, int value) {
        byte[] copy = bytes.clone();
        copy[at] = (byte) value;
        return copy;
    }
}
