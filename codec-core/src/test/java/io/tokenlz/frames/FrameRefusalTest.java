package io.tokenlz.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.BufferByteInput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.frames.FrameRefusals.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a reader says of a stream that it refuses: at which frame, behind which token, what was due and what was there; and that it
 * took no byte more than it had to. Streams are put together by hand from FORMAT.md, whose section each case names.
 */
class FrameRefusalTest {
    static List<Refusal> refusals() {
        return FrameRefusals.all();
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void isSaid(Refusal refusal) {
        ByteBuffer bytes = ByteBuffer.wrap(refusal.stream());
        try (FrameReader reader = new FrameReader()) {
            BufferByteInput input = new BufferByteInput().wrap(bytes);
            assertRefused(refusal, reader, input);
            assertThat(input.position()).as("bytes taken").isEqualTo(refusal.taken());
        }
    }

    /** One byte after the other: not before the last of them is it known. */
    @ParameterizedTest
    @MethodSource("refusals")
    void isSaidAtTheByteThatShowsIt(Refusal refusal) {
        try (FrameReader reader = new FrameReader()) {
            int[] target = new int[600];
            int last = refusal.taken() - 1;
            for (int at = 0; at < last; at++) {
                BufferByteInput input = new BufferByteInput().wrap(ByteBuffer.wrap(refusal.stream(), at, 1));
                assertThat(reader.read(input, new ArrayTokenOutput().wrap(target)))
                        .isEqualTo(CoderStatus.NEEDS_INPUT);
            }
            assertRefused(refusal, reader, new BufferByteInput().wrap(ByteBuffer.wrap(refusal.stream(), last, 1)));
        }
    }

    private static void assertRefused(Refusal refusal, FrameReader reader, BufferByteInput input) {
        ArrayTokenOutput output = new ArrayTokenOutput().wrap(new int[600]);
        MalformedFrameException refused =
                catchThrowableOfType(MalformedFrameException.class, () -> reader.read(input, output));
        assertThat(refused).isExactlyInstanceOf(MalformedFrameException.class);
        assertThat(refused.expected()).isEqualTo(refusal.expected());
        assertThat(refused.found()).isEqualTo(refusal.found());
        assertThat(refused.bytePosition()).isEqualTo(refusal.at());
        assertThat(refused.tokenPosition()).isEqualTo(refusal.token());
        assertThat(reader.totalTokens()).isEqualTo(refusal.token());
    }

    /** The streams that are kept in files for readers of any language. */
    @Test
    void theFilesOfStreamsToRefuseAreRefused() throws IOException {
        int refused = 0;
        try (Stream<Path> files = Files.list(VectorFiles.READABLE.resolve("refused"));
                FrameReader reader = new FrameReader()) {
            for (Path file : files.sorted().toList()) {
                BufferByteInput input = new BufferByteInput().wrap(ByteBuffer.wrap(VectorFiles.bytes(file)));
                reader.reset();
                assertThatThrownBy(() -> {
                            reader.read(input, new ArrayTokenOutput().wrap(new int[600]));
                            reader.finish();
                        })
                        .as(file.toString())
                        .isInstanceOf(MalformedFrameException.class);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(60);
    }

    @Test
    void everySectionHasOne() {
        assertThat(refusals()).extracting(Refusal::section).contains("2", "3", "4", "5", "6", "7.2", "7.3", "8.1", "9");
    }
}
