package io.tokenlz.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.BufferByteOutput;
import io.tokenlz.frames.FrameWalk.Element;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which frames a writer makes of what (FORMAT.md, section 4): their kinds and lengths, at the edges of each rule. */
class WrittenFramesTest {
    private static final StreamHeader PLAIN = StreamHeader.builder(3_000_000).build();

    private final BufferByteOutput output = new BufferByteOutput();
    private final ArrayTokenInput input = new ArrayTokenInput();

    private static byte[] written(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.position()];
        bytes.get(0, copy);
        return copy;
    }

    /** The frames that tokens come to, in parts each of which is flushed: their kinds, and the tokens of each. */
    private List<String> frames(StreamHeader header, FrameWriterOptions options, int... parts) {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 15);
        output.wrap(bytes);
        try (FrameWriter writer = new FrameWriter(header, options)) {
            for (int i = 0; i < parts.length; i++) {
                writer.write(input.wrap(TokenShape.SKEWED.tokens(parts[i])), output);
                if (i + 1 < parts.length) {
                    writer.flush(output);
                }
            }
            writer.finish(output);
        }
        return new FrameWalk(written(bytes))
                .elements().stream().skip(1).map(WrittenFramesTest::name).toList();
    }

    private static String name(Element element) {
        return switch (element.kind()) {
            case StreamFormat.KIND_DATA_UNCHECKED -> "small " + element.tokens();
            case StreamFormat.KIND_DATA -> "checked " + element.tokens();
            case StreamFormat.KIND_DATA_RESTART -> "restart " + element.tokens();
            case StreamFormat.KIND_DATA_LAST -> "last " + element.tokens();
            case StreamFormat.KIND_CHECKPOINT -> "checkpoint";
            case StreamFormat.KIND_END -> "end";
            case StreamFormat.KIND_INDEX -> "index";
            case StreamFormat.KIND_STORED_END -> "stored end";
            default -> "token";
        };
    }

    private List<String> frames(FrameWriterOptions options, int... parts) {
        return frames(PLAIN, options, parts);
    }

    /** Sections 4.2 and 4.4: unchecked are frames of up to 63 tokens, and up to 256 tokens between two checks. */
    @Test
    void whichFramesAreChecked() {
        FrameWriterOptions options = FrameWriterOptions.DEFAULT;
        assertThat(frames(options, 1, 0, 63)).containsExactly("token", "small 63", "end");
        assertThat(frames(options, 2, 64, 63)).containsExactly("small 2", "checked 64", "small 63", "end");
        assertThat(frames(options, 63, 63, 63, 63, 4, 0, 1))
                .containsExactly(
                        "small 63", "small 63", "small 63", "small 63", "small 4", "checkpoint", "token", "end");
        assertThat(frames(options, 63, 63, 63, 63, 5))
                .containsExactly("small 63", "small 63", "small 63", "small 63", "checkpoint", "small 5", "end");
        assertThat(frames(options, 63, 64, 63, 63, 63, 63, 4, 2))
                .containsExactly(
                        "small 63",
                        "checked 64",
                        "small 63",
                        "small 63",
                        "small 63",
                        "small 63",
                        "small 4",
                        "checkpoint",
                        "small 2",
                        "end");
        int[] each = IntStream.range(0, 258).map(i -> 1).toArray();
        List<String> tokens = frames(options, each);
        assertThat(tokens.indexOf("checkpoint")).isEqualTo(256);
        assertThat(tokens).hasSize(260);
        FrameWriterOptions all = options.withCheckAllFrames(true);
        assertThat(frames(all, 1, 63, 64)).containsExactly("checked 1", "checked 63", "last 64");
    }

    /** Section 4.5: a last frame of 64 tokens or more ends the stream, unless it is a restart or the stream is stored. */
    @Test
    void whichFrameEndsTheStream() {
        FrameWriterOptions options = FrameWriterOptions.DEFAULT;
        assertThat(frames(options, 64)).containsExactly("last 64");
        assertThat(frames(options, 64, 0)).containsExactly("checked 64", "end");
        assertThat(frames(options, 63)).containsExactly("small 63", "end");
        assertThat(frames(options.withCheckAllFrames(true), 63)).containsExactly("checked 63", "end");
        assertThat(frames(options.withBlockTokens(64), 128)).containsExactly("checked 64", "checked 64", "end");
        assertThat(frames(options.withBlockTokens(64), 127)).containsExactly("checked 64", "small 63", "end");
        assertThat(frames(options.withRestartTokens(100), 100, 64)).containsExactly("checked 100", "restart 64", "end");
        assertThat(frames(options.withRestartTokens(101), 100, 64)).containsExactly("checked 100", "last 64");
    }

    /** Section 4.3: a restart is where so many tokens lie behind the last one, with a check before it. */
    @Test
    void whereRestartsAre() {
        FrameWriterOptions options = FrameWriterOptions.DEFAULT.withRestartTokens(10);
        assertThat(frames(options, 9, 1, 1, 9, 1))
                .containsExactly(
                        "small 9", "token", "checkpoint", "restart 1", "small 9", "checkpoint", "restart 1", "end");
        assertThat(frames(options, 70, 70, 3)).containsExactly("checked 70", "restart 70", "restart 3", "end");
        FrameWriterOptions each = FrameWriterOptions.DEFAULT.withRestartTokens(1);
        assertThat(frames(each, 1, 1, 2)).containsExactly("token", "checkpoint", "restart 1", "restart 2", "end");
        StreamHeader stored = StreamHeader.builder(4000).stored().build();
        assertThat(frames(stored, FrameWriterOptions.DEFAULT)).containsExactly("index", "stored end");
        assertThat(frames(stored, FrameWriterOptions.DEFAULT, 1, 64))
                .containsExactly("restart 1", "checked 64", "index", "stored end");
        assertThat(frames(stored, options, 9, 1, 1))
                .containsExactly("restart 9", "checked 1", "restart 1", "index", "stored end");
    }

    /** Section 4.1: the shortest form of each ID. */
    @Test
    void singleTokensInTheirShortestForm() {
        int middle = 1 << 14;
        int large = middle + (1 << 21);
        int[] ids = {0, 255, 256, middle - 1, middle, middle + 65_535, middle + 65_536, large - 1, large};
        ByteBuffer bytes = ByteBuffer.allocate(128);
        output.wrap(bytes);
        try (FrameWriter writer = new FrameWriter(PLAIN, FrameWriterOptions.DEFAULT)) {
            for (int id : ids) {
                writer.write(input.wrap(new int[] {id}), output);
                writer.flush(output);
            }
            writer.finish(output);
        }
        StreamBuilder expected = StreamBuilder.plain(3_000_000);
        expected.kind(0).put(0).kind(0).put(255).kind(1).put(0).kind(63).put(255);
        expected.kind(64)
                .put(0, 0)
                .kind(64)
                .put(255, 255)
                .kind(65)
                .put(0, 0)
                .kind(95)
                .put(255, 255);
        expected.kind(103).put(StreamBuilder.varint(large));
        assertThat(written(bytes)).isEqualTo(expected.holding(9).end(9).bytes());
    }
}
