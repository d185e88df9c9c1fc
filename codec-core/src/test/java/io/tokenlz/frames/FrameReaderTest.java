package io.tokenlz.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.BufferByteInput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.frames.FrameWalk.Element;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reader as a machine: what it takes, gives and says, byte by byte and token by token. */
class FrameReaderTest {
    private final BufferByteInput input = new BufferByteInput();
    private final ArrayTokenOutput output = new ArrayTokenOutput();

    static List<FrameVector> streams() {
        return VectorFiles.readable();
    }

    private CoderStatus read(FrameReader reader, byte[] stream, int from, int to, int... target) {
        CoderStatus status = reader.read(input.wrap(ByteBuffer.wrap(stream, from, to - from)), output.wrap(target));
        assertThat(input.position()).as("bytes taken").isEqualTo(to - from);
        return status;
    }

    /** Every state that a stream goes through: each byte comes alone, and there is room for a token at a time. */
    @ParameterizedTest
    @MethodSource("streams")
    void byteByByteAndTokenByToken(FrameVector vector) {
        byte[] stream = vector.bytes();
        int[] one = new int[1];
        long checked = 0;
        int at = 0;
        try (FrameReader reader = new FrameReader()) {
            for (Element element : new FrameWalk(stream).elements()) {
                for (int i = element.start(); i < element.end() - 1; i++) {
                    assertThat(read(reader, stream, i, i + 1, one)).isEqualTo(CoderStatus.NEEDS_INPUT);
                    assertState(reader, 0, at, checked);
                    assertThat(output.position()).isZero();
                    assertThat(reader.header() == null).isEqualTo(element.kind() == FrameWalk.HEADER);
                }
                CoderStatus between = element.endsTheStream() ? CoderStatus.DONE : CoderStatus.NEEDS_INPUT;
                CoderStatus status = read(reader, stream, element.end() - 1, element.end());
                int pending = (int) element.tokens();
                assertThat(status).isEqualTo(pending > 0 ? CoderStatus.NEEDS_OUTPUT : between);
                if (element.hasCheck() && element.kind() != FrameWalk.HEADER) {
                    checked = at + (long) pending;
                }
                for (; pending > 0; pending--, at++) {
                    assertState(reader, pending, at, checked);
                    String left = pending + " tokens were not read yet";
                    assertThatThrownBy(reader::finish)
                            .isExactlyInstanceOf(IllegalStateException.class)
                            .hasMessage(left);
                    status = read(reader, stream, element.end(), element.end(), one);
                    assertThat(status).isEqualTo(pending > 1 ? CoderStatus.NEEDS_OUTPUT : between);
                    assertThat(output.position()).isOne();
                    assertThat(one[0]).isEqualTo(vector.tokens()[at]);
                }
                assertState(reader, 0, at, checked);
            }
            assertThat(checked).isEqualTo(vector.tokens().length);
            reader.finish();
            assertThat(reader.read(input.wrap(ByteBuffer.wrap(stream)), output.wrap(one)))
                    .isEqualTo(CoderStatus.DONE);
            assertThat(input.position()).isZero();
        }
    }

    private static void assertState(FrameReader reader, int pending, long total, long checked) {
        assertThat(reader.pendingTokens()).isEqualTo(pending);
        assertThat(reader.totalTokens()).isEqualTo(total);
        assertThat(reader.checkedTokens()).isEqualTo(checked);
    }

    /** Whatever room there is, and however often the input ends, the tokens are the same. */
    @ParameterizedTest
    @MethodSource("streams")
    void anyRoomGivesTheSameTokens(FrameVector vector) {
        byte[] stream = vector.bytes();
        try (FrameReader reader = new FrameReader()) {
            for (int room : new int[] {1, 2, 3, 64, 1000}) {
                reader.reset();
                assertThat(reader.header()).isNull();
                assertState(reader, 0, 0, 0);
                int[] tokens = new int[vector.tokens().length + room];
                int at = 0;
                CoderStatus status = CoderStatus.NEEDS_OUTPUT;
                input.wrap(ByteBuffer.wrap(stream));
                while (status == CoderStatus.NEEDS_OUTPUT) {
                    status = reader.read(input, output.wrap(tokens, at, room));
                    at += (int) output.position();
                    assertThat(reader.totalTokens()).isEqualTo(at);
                    assertThat(output.position() == room || status == CoderStatus.DONE)
                            .isTrue();
                }
                assertThat(status).isEqualTo(CoderStatus.DONE);
                assertThat(Arrays.copyOf(tokens, at)).isEqualTo(vector.tokens());
            }
        }
    }

    /** A stream that was cut says where, and in which frame (section 4.5); the reader can begin anew. */
    @ParameterizedTest
    @MethodSource("streams")
    void aCutIsSaidWhereItIs(FrameVector vector) {
        byte[] stream = vector.bytes();
        int[] target = new int[vector.tokens().length + 1];
        FrameWalk walk = new FrameWalk(stream);
        try (FrameReader reader = new FrameReader()) {
            for (Element element : walk.elements()) {
                long before = walk.tokensBefore(element.start());
                for (int cut = element.start(); cut < element.end(); cut++) {
                    reader.reset();
                    assertThat(read(reader, stream, 0, cut, target)).isEqualTo(CoderStatus.NEEDS_INPUT);
                    int taken = cut - element.start();
                    assertRefused(
                            reader::finish,
                            element.start(),
                            before,
                            element.kind() == FrameWalk.HEADER ? "a header" : "an end frame",
                            taken == 0 ? "the end" : "the end after " + taken + " bytes");
                    assertFailed(reader);
                }
            }
        }
    }

    private static void assertRefused(
            ThrowingCallable call, long bytePosition, long tokenPosition, String expected, String found) {
        assertThatThrownBy(call).isInstanceOfSatisfying(MalformedFrameException.class, refused -> {
            assertThat(refused.expected()).isEqualTo(expected);
            assertThat(refused.found()).isEqualTo(found);
            assertThat(refused.bytePosition()).isEqualTo(bytePosition);
            assertThat(refused.tokenPosition()).isEqualTo(tokenPosition);
            assertThat(refused)
                    .hasMessage("malformed stream in the frame at byte %d (token %d): expected %s, found %s"
                            .formatted(bytePosition, tokenPosition, expected, found));
        });
    }

    private void assertFailed(FrameReader reader) {
        for (ThrowingCallable call : new ThrowingCallable[] {reader::finish, () -> read(reader, new byte[1], 0, 1)}) {
            assertThatThrownBy(call)
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("stream failed: reset() begins a new one");
        }
    }

    @Test
    void aFailedReaderReadsOnlyAfterAReset() {
        byte[] stream = StreamBuilder.plain(9).kind(0).put(8).holding(1).end(1).bytes();
        byte[] damaged = stream.clone();
        damaged[stream.length - 1] ^= 1;
        int[] target = new int[2];
        try (FrameReader reader = new FrameReader()) {
            assertThatThrownBy(() -> read(reader, damaged, 0, damaged.length, target))
                    .isInstanceOf(MalformedFrameException.class);
            assertThat(reader.totalTokens()).as("given out unchecked").isOne();
            assertThat(reader.checkedTokens()).isZero();
            assertFailed(reader);
            reader.reset();
            assertThat(reader.totalTokens()).isZero();
            assertThat(read(reader, stream, 0, stream.length, target)).isEqualTo(CoderStatus.DONE);
            assertThat(reader.checkedTokens()).isOne();
        }
    }

    @Test
    void aPayloadThatCannotBeReadFailsTheReaderToo() {
        byte[] stream = StreamBuilder.plain(9)
                .data(97, 1, 0, new byte[] {9})
                .check(0)
                .end(0)
                .bytes();
        try (FrameReader reader = new FrameReader()) {
            assertThat(reader.read(input.wrap(ByteBuffer.wrap(stream)), output.wrap(new int[0])))
                    .isEqualTo(CoderStatus.NEEDS_OUTPUT);
            assertThat(reader.pendingTokens()).as("known before it is decoded").isOne();
            assertRefused(() -> reader.read(input, output.wrap(new int[1])), 13, 0, "IDs below 9", "ID 9");
            assertThatThrownBy(() -> reader.read(input, output))
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("stream failed: reset() begins a new one");
        }
    }

    @Test
    void aClosedReaderIsOfNoUse() {
        FrameReader reader = new FrameReader();
        reader.close();
        reader.close();
        for (ThrowingCallable call :
                new ThrowingCallable[] {reader::reset, reader::finish, () -> read(reader, new byte[1], 0, 1)}) {
            assertThatThrownBy(call)
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("reader is closed");
        }
    }

    /** A reader that was reset after any byte of one stream reads another one, of a different header, as a new one does. */
    @Test
    void aResetLeavesNothingBehind() {
        List<FrameVector> streams = streams();
        try (FrameReader reader = new FrameReader()) {
            for (int i = 0; i < streams.size(); i++) {
                byte[] first = streams.get(i).bytes();
                FrameVector second = streams.get((i + 5) % streams.size());
                int[] target = new int[second.tokens().length + 1];
                for (int cut = 0; cut < first.length; cut += 1 + first.length / 60) {
                    reader.read(input.wrap(ByteBuffer.wrap(first, 0, cut)), output.wrap(new int[50]));
                    reader.reset();
                    CoderStatus status = read(reader, second.bytes(), 0, second.bytes().length, target);
                    assertThat(status).isEqualTo(CoderStatus.DONE);
                    assertThat(Arrays.copyOf(target, (int) reader.totalTokens()))
                            .isEqualTo(second.tokens());
                    reader.reset();
                }
            }
        }
    }

    /** The same after tokens of a frame that were not all read, where nothing but the stream is new: not even the header. */
    @ParameterizedTest
    @MethodSource("streams")
    void aResetInTheMiddleOfAFrameLeavesNothingBehind(FrameVector vector) {
        byte[] stream = vector.bytes();
        int[] target = new int[vector.tokens().length + 1];
        try (FrameReader reader = new FrameReader()) {
            for (int room : new int[] {0, 1, 10, 25, 60, 100}) {
                reader.read(input.wrap(ByteBuffer.wrap(stream)), output.wrap(new int[room]));
                reader.reset();
                assertThat(read(reader, stream, 0, stream.length, target)).isEqualTo(CoderStatus.DONE);
                assertThat(Arrays.copyOf(target, (int) reader.totalTokens())).isEqualTo(vector.tokens());
                reader.reset();
            }
        }
    }

    /** What is skipped may be of any length and come in any pieces (section 4, kinds 120 to 127). */
    @Test
    void framesOfAnyLengthAreSkipped() {
        int[] one = new int[1];
        for (int length : new int[] {0, 1, 127, 128, 255, 256, 257, 511, 512, 513, 1000}) {
            for (int piece : new int[] {1, 2, 255, 256, 257, 2000}) {
                StreamBuilder built = StreamBuilder.plain(9).kind(124).put(StreamBuilder.varint(length));
                byte[] stream = built.put(new byte[length])
                        .kind(0)
                        .put(8)
                        .holding(1)
                        .end(1)
                        .bytes();
                try (FrameReader reader = new FrameReader()) {
                    CoderStatus status = CoderStatus.NEEDS_INPUT;
                    for (int at = 0; at < stream.length; at += piece) {
                        status = read(reader, stream, at, Math.min(at + piece, stream.length), new int[1]);
                    }
                    assertThat(status).isEqualTo(CoderStatus.DONE);
                    assertThat(reader.totalTokens()).isOne();
                }
            }
            byte[] cut = StreamBuilder.plain(9)
                    .kind(124)
                    .put(StreamBuilder.varint(1000))
                    .put(new byte[length])
                    .bytes();
            try (FrameReader reader = new FrameReader()) {
                read(reader, cut, 0, cut.length, one);
                String found = length == 1000 ? "the end" : "the end after " + (3 + length) + " bytes";
                assertRefused(reader::finish, length == 1000 ? 1016 : 13, 0, "an end frame", found);
            }
        }
    }
}
