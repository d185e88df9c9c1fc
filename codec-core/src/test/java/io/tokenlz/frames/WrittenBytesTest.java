package io.tokenlz.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.BufferByteInput;
import io.tokenlz.core.BufferByteOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.frames.FrameWriterOptions.Level;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a writer makes of tokens of every shape, around each length where it does something else: as many bytes as
 * {@code written-frames.txt} says, of that checksum, and a reader has the tokens back. Each level is deterministic, so whatever
 * finds other matches, other codes or other chances shows here, though the stream may be right.
 *
 * <p>Where a change is meant, {@code mvn verify -pl codec-core -Dtokenlz.vectors.write=true -Dtest=WrittenBytesTest} writes the
 * file anew; a larger stream in it wants a reason.
 */
class WrittenBytesTest {
    private static final Path FILE =
            Path.of(System.getProperty("basedir", "")).resolve("src/test/resources/written-frames.txt");
    private static final String WRITE_PROPERTY = "tokenlz.vectors.write";

    /** What the writer changes its ways at: 24, 64, 256, 1024 and 2048 IDs, and one below and above. */
    private static final int[] LENGTHS = {
        1, 2, 3, 8, 9, 16, 23, 24, 25, 40, 41, 63, 64, 65, 255, 256, 257, 259, 1023, 1024, 1025, 2047, 2048, 2049, 5003,
        30_011
    };

    private static final int[] BLOCKS = {63, 300, 2500};
    private static final int[] WINDOWS = {0, 40, 1000, 1 << 16};
    private static final int TEXT = 6000;

    @ParameterizedTest
    @EnumSource
    void ofEachLength(TokenShape shape) throws IOException {
        for (Level level : Level.values()) {
            Map<String, String> written = new LinkedHashMap<>();
            for (int length : LENGTHS) {
                StreamHeader header =
                        StreamHeader.builder(shape.vocabularySize()).build();
                FrameWriterOptions options = FrameWriterOptions.DEFAULT.withLevel(level);
                String line = written(header, options, shape.tokens(length), length, false);
                written.put(shape + " " + level + " " + length, line);
            }
            assertWritten(shape + " " + level + " ", written);
        }
    }

    /** Frames that copy from those before them, whatever the window, with restarts and without. */
    @ParameterizedTest
    @EnumSource
    void ofEachWindow(Level level) throws IOException {
        Map<String, String> written = new LinkedHashMap<>();
        int[] tokens = TokenShape.TEXT.tokens(TEXT);
        for (int window : WINDOWS) {
            for (int block : BLOCKS) {
                for (int restart : new int[] {0, 1000}) {
                    StreamHeader.Builder builder = StreamHeader.builder(TokenShape.TEXT.vocabularySize())
                            .window(window);
                    StreamHeader header = (restart == 0 ? builder : builder.stored()).build();
                    FrameWriterOptions options = new FrameWriterOptions(level, block, restart, false);
                    String name = "window " + level + " " + window + " " + block + " " + restart;
                    written.put(name, written(header, options, tokens, block > 1000 ? 5000 : 777, header.stored()));
                }
            }
        }
        assertWritten("window " + level + " ", written);
    }

    /** Writes, with a flush and maybe a document's end behind every so many tokens, and reads; length and checksum of the bytes. */
    private static String written(
            StreamHeader header, FrameWriterOptions options, int[] tokens, int flush, boolean documents) {
        ByteBuffer bytes = ByteBuffer.allocate(6 * tokens.length + 4096);
        BufferByteOutput output = new BufferByteOutput().wrap(bytes);
        try (FrameWriter writer = new FrameWriter(header, options)) {
            for (int at = 0; at < tokens.length; at += flush) {
                writer.write(new ArrayTokenInput().wrap(tokens, at, Math.min(flush, tokens.length - at)), output);
                if (at + flush < tokens.length) {
                    writer.flush(output);
                }
                if (documents) {
                    writer.endDocument();
                }
            }
            assertThat(writer.finish(output)).isEqualTo(CoderStatus.DONE);
        }
        byte[] stream = Arrays.copyOf(bytes.array(), bytes.position());
        int[] read = new int[tokens.length + 1];
        ArrayTokenOutput target = new ArrayTokenOutput().wrap(read);
        try (FrameReader reader = new FrameReader()) {
            assertThat(reader.read(new BufferByteInput().wrap(ByteBuffer.wrap(stream)), target))
                    .isEqualTo(CoderStatus.DONE);
        }
        assertThat(Arrays.copyOf(read, (int) target.position())).isEqualTo(tokens);
        CRC32C sum = new CRC32C();
        sum.update(stream);
        return String.format("%d %08X", stream.length, sum.getValue());
    }

    private static void assertWritten(String prefix, Map<String, String> written) throws IOException {
        TreeMap<String, String> file = new TreeMap<>();
        if (Files.exists(FILE)) {
            for (String line : Files.readAllLines(FILE)) {
                if (!line.startsWith("#")) {
                    int colon = line.indexOf(": ");
                    file.put(line.substring(0, colon), line.substring(colon + 2));
                }
            }
        }
        if (Boolean.getBoolean(WRITE_PROPERTY)) {
            file.keySet().removeIf(name -> name.startsWith(prefix));
            file.putAll(written);
            StringBuilder text = new StringBuilder("# WrittenBytesTest: bytes of a stream and their CRC32C\n");
            file.forEach(
                    (name, line) -> text.append(name).append(": ").append(line).append('\n'));
            Files.writeString(FILE, text, StandardCharsets.UTF_8);
        }
        written.forEach((name, line) -> assertThat(line).as(name).isEqualTo(file.get(name)));
    }

    @Test
    void theFileHoldsNothingElse() throws IOException {
        long shapes = (long) TokenShape.values().length * LENGTHS.length;
        long windows = (long) WINDOWS.length * BLOCKS.length * 2;
        assertThat(Files.readAllLines(FILE)).hasSize((int) (1 + (shapes + windows) * Level.values().length));
        assertThat(IntStream.of(LENGTHS)).isSorted();
    }
}
