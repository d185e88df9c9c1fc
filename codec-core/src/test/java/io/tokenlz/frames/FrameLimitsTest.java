package io.tokenlz.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.BufferByteInput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each limit just so, and one below (FORMAT.md, section 10): what is refused is said, and nothing of it was taken. */
class FrameLimitsTest {
    private static final int FIRST_FRAME = 13;

    private static CoderStatus read(FrameLimits limits, byte[] stream) {
        try (FrameReader reader = new FrameReader(limits)) {
            BufferByteInput input = new BufferByteInput().wrap(ByteBuffer.wrap(stream));
            return reader.read(input, new ArrayTokenOutput().wrap(new int[100]));
        }
    }

    private static void assertLimited(
            FrameLimits limits, StreamBuilder stream, long at, String expected, String found) {
        assertThatThrownBy(() -> read(limits, stream.bytes()))
                .isInstanceOfSatisfying(FrameLimitException.class, refused -> {
                    assertThat(refused.expected()).isEqualTo(expected);
                    assertThat(refused.found()).isEqualTo(found);
                    assertThat(refused.bytePosition()).isEqualTo(at);
                });
    }

    private static StreamBuilder plain() {
        return StreamBuilder.plain(100);
    }

    @Test
    void tokensInAFrame() {
        StreamBuilder two = plain().kind(97).put(2);
        String most = "at most 1 tokens in a frame";
        assertLimited(FrameLimits.DEFAULT.withTokensPerFrame(1), two, FIRST_FRAME, most, "2");
        assertThat(read(FrameLimits.DEFAULT.withTokensPerFrame(2), two.bytes())).isEqualTo(CoderStatus.NEEDS_INPUT);
        byte[] token = plain().kind(0).put(1).holding(1).end(1).bytes();
        assertThat(read(FrameLimits.DEFAULT.withTokensPerFrame(1), token)).isEqualTo(CoderStatus.DONE);
        byte[] largest = plain().kind(97).put(StreamBuilder.varint(1 << 20)).bytes();
        assertThat(read(FrameLimits.DEFAULT, largest)).isEqualTo(CoderStatus.NEEDS_INPUT);
    }

    @Test
    void tokensInAStream() {
        StreamBuilder three =
                plain().kind(0).put(1).holding(1).data(97, 2, 0, new byte[2]).check(0);
        three.end(0);
        String most = "at most 2 tokens in the stream";
        assertLimited(FrameLimits.DEFAULT.withTokensPerStream(2), three, FIRST_FRAME + 2, most, "3 or more");
        assertThat(read(FrameLimits.DEFAULT.withTokensPerStream(3), three.bytes()))
                .isEqualTo(CoderStatus.DONE);
        StreamBuilder tokens = plain().kind(0).put(1).kind(0).put(1).holding(2);
        tokens.end(2);
        String one = "at most 1 tokens in the stream";
        assertLimited(FrameLimits.DEFAULT.withTokensPerStream(1), tokens, FIRST_FRAME + 2, one, "2 or more");
        assertThat(read(FrameLimits.DEFAULT.withTokensPerStream(2), tokens.bytes()))
                .isEqualTo(CoderStatus.DONE);
        StreamBuilder none = plain();
        none.end(0);
        assertThat(read(FrameLimits.DEFAULT.withTokensPerStream(0), none.bytes()))
                .isEqualTo(CoderStatus.DONE);
    }

    /** A window takes eight bytes for each of its IDs: they are moved only when as many have gone. */
    @Test
    void memoryForAWindow() {
        StreamBuilder header = new StreamBuilder().header(0x81, 0, windowed(100_000));
        assertLimited(withState(799_999), header, 0, "at most 799999 bytes of state", "800000 needed");
        assertThat(read(withState(800_000), header.bytes())).isEqualTo(CoderStatus.NEEDS_INPUT);
    }

    private static FrameLimits withState(long bytes) {
        return FrameLimits.DEFAULT.withStateBytes(bytes);
    }

    private static byte[] windowed(int window) {
        byte[] number = StreamBuilder.varint(window);
        return new StreamBuilder().put(1, 1, 100, 5, number.length).put(number).bytes();
    }

    /**
     * What a data frame's head asks for, before its payload is there: one and a half times the payload (arrays grow by halves),
     * eight bytes for each ID of the window and of the frame, 4·(5/4·n + 16) and 12·(5/8·n + 16) for its lists, 2¹⁸ for the tables
     * of prefix codes, and what a model holds.
     */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 1, 1, 262413",
        "0, 0, 1000, 0, 282900",
        "0, 0, 1000, 1001, 284401",
        "0x12, 0, 1000, 5016, 290424",
        "0x10, 1000, 1000, 1001, 292401",
        "0, 100000, 64, 64, 1063808",
        "3, 0, 1000, 1001, 26760945",
        "2, 0, 1048576, 5242896, 29622552",
    })
    void memoryForAFrame(String encoding, int window, int ids, int payload, long needed) {
        StreamBuilder stream = window == 0 ? plain() : new StreamBuilder().header(0x81, 0, windowed(window));
        int at = stream.bytes().length;
        stream.kind(97).put(StreamBuilder.varint(ids)).put(Integer.decode(encoding));
        stream.put(StreamBuilder.varint(payload));
        String most = "at most " + (needed - 1) + " bytes of state";
        assertLimited(withState(needed - 1), stream, at, most, needed + " needed");
        assertThat(read(withState(needed), stream.bytes())).isEqualTo(CoderStatus.NEEDS_INPUT);
    }

    /** A codec's state counts, in the header and in each frame. */
    @Test
    void memoryForACodec() {
        MetaTokenCodec codec =
                new MetaTokenCodec(MetaTokenConfig.builder(1000).window(100_000).build());
        ByteSink written = new ByteSink();
        StreamHeader header = StreamHeader.builder(codec).window(10_000).build();
        header.write(written);
        StreamBuilder stream = new StreamBuilder().put(Arrays.copyOf(written.bytes, written.length));
        long codecBytes = codec.newDecoder().stateBytes();
        long needed = codecBytes + 80_000;
        String most = "at most " + (needed - 1) + " bytes of state";
        assertLimited(withState(needed - 1), stream, 0, most, needed + " needed");
        assertThat(read(withState(needed), stream.bytes())).isEqualTo(CoderStatus.NEEDS_INPUT);
        stream.kind(97).put(1, 1, 0, 1);
        long forFrame = codecBytes + 80_000 + 262_413;
        String mostForFrame = "at most " + (forFrame - 1) + " bytes of state";
        assertLimited(withState(forFrame - 1), stream, written.length, mostForFrame, forFrame + " needed");
        assertThat(read(withState(forFrame), stream.bytes())).isEqualTo(CoderStatus.NEEDS_INPUT);
    }

    @Test
    void limitsAtTheirEdges() {
        FrameLimits least = new FrameLimits(1, 0, 1 << 16);
        assertThat(least.withTokensPerFrame(1 << 20)).isEqualTo(new FrameLimits(1 << 20, 0, 1 << 16));
        assertThat(least.withTokensPerStream(7)).isEqualTo(new FrameLimits(1, 7, 1 << 16));
        assertThat(least.withStateBytes(1L << 40)).isEqualTo(new FrameLimits(1, 0, 1L << 40));
        assertMisused(() -> least.withTokensPerFrame(0), "tokensPerFrame must be at least 1, is 0");
        assertMisused(() -> least.withTokensPerFrame(1_048_577), "tokensPerFrame must be at most 1048576, is 1048577");
        assertMisused(() -> least.withTokensPerStream(-1), "tokensPerStream must not be negative, is -1");
        assertMisused(() -> least.withStateBytes(65_535), "stateBytes must be at least 65536, is 65535");
    }

    private static void assertMisused(Runnable call, String message) {
        assertThatThrownBy(call::run)
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
