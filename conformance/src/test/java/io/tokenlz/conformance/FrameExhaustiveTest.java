package io.tokenlz.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.BufferByteInput;
import io.tokenlz.frames.FrameReader;
import io.tokenlz.frames.FrameWriterOptions;
import io.tokenlz.frames.FrameWriterOptions.Level;
import io.tokenlz.frames.MalformedFrameException;
import io.tokenlz.frames.StreamHeader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Small framed streams, every one of them: nothing is drawn, so nothing is missed. */
class FrameExhaustiveTest {
    private static final int[] TWO = {0, 1};
    private static final int[] THREE = {0, 1, 2};
    private static final int MOST_TOKENS = 5;

    /** Frames of fewer tokens are written without a search. */
    private static final int SEARCHED = 24;

    private static final int VOCABULARY = 8;
    private static final int[] EARLIER = {3, 1, 2};
    private static final int LAST_DATA = 0xD1;
    private static final int EVERY_BYTE = 256;
    private static final byte[] HEADER = header();

    private final int[] decoded = new int[256];
    private final BufferByteInput input = new BufferByteInput();
    private final ArrayTokenOutput output = new ArrayTokenOutput();
    private final FrameReader reader = new FrameReader();

    /** All sequences of up to five of three tokens, flushed at every place: read again, by the oracle too. */
    @ParameterizedTest
    @EnumSource
    void everyShortSequenceIsReadAgain(Level level) {
        List<FrameWriterOptions> options = new ArrayList<>();
        for (int block : new int[] {1, 2, 64}) {
            options.add(new FrameWriterOptions(level, block, 0, false));
            options.add(new FrameWriterOptions(level, block, 2, true));
        }
        long sequences = 0;
        for (StreamHeader header : headers(3)) {
            for (FrameWriterOptions option : options) {
                sequences += EverySequence.of(THREE, MOST_TOKENS, tokens -> {
                    for (int flush = 0; flush <= tokens.length; flush++) {
                        assertIsReadAgain(header, option, tokens, flush);
                    }
                    return true;
                });
            }
        }
        EverySequence.print("frames, " + level + ", written", (long) headers(3).size() * options.size(), sequences);
    }

    /** All sequences of up to seven of two tokens, each again and again until a writer searches for what it has seen before. */
    @ParameterizedTest
    @EnumSource(names = {"FAST", "BALANCED", "HIGH"})
    void everyShortPeriodIsReadAgain(Level level) {
        long sequences = 0;
        for (StreamHeader header : headers(2)) {
            FrameWriterOptions option = new FrameWriterOptions(level, 2 * SEARCHED, 0, false);
            sequences += EverySequence.of(TWO, 7, period -> {
                int[] tokens = IntStream.range(0, period.length == 0 ? 0 : 3 * SEARCHED)
                        .map(i -> period[i % period.length])
                        .toArray();
                assertIsReadAgain(header, option, tokens, SEARCHED);
                return true;
            });
        }
        EverySequence.print("frames, " + level + ", periods", headers(2).size(), sequences);
    }

    private static List<StreamHeader> headers(int vocabulary) {
        return List.of(
                StreamHeader.builder(vocabulary).build(),
                StreamHeader.builder(vocabulary).window(2).build(),
                StreamHeader.builder(vocabulary).stored().build(),
                StreamHeader.builder(vocabulary).window(100).stored().build());
    }

    private void assertIsReadAgain(StreamHeader header, FrameWriterOptions options, int[] tokens, int flush) {
        int[] flushes = {Math.min(flush, tokens.length)};
        byte[] stream = WireJobs.write(header, options, tokens, flushes).bytes();
        FrameOracle oracle = new FrameOracle(stream);
        int refused = oracle.read();
        int[] plain = oracle.tokens().stream().mapToInt(Integer::intValue).toArray();
        int failed = read(stream);
        int[] found = Arrays.copyOf(decoded, (int) output.position());
        if (refused >= 0 || failed >= 0 || !Arrays.equals(plain, tokens) || !Arrays.equals(found, tokens)) {
            throw new AssertionError(header + ", " + options + ", flushed at " + flush + ": " + Arrays.toString(tokens)
                    + " came back as " + Arrays.toString(found) + " up to " + failed + ", to the oracle as "
                    + Arrays.toString(plain) + " up to " + refused);
        }
    }

    /** Reads a stream to its end; where it was refused, or −1. */
    private int read(byte[] stream) {
        reader.reset();
        output.wrap(decoded);
        try {
            reader.read(input.wrap(ByteBuffer.wrap(stream)), output);
            reader.finish();
            return input.remaining() > 0 ? stream.length - (int) input.remaining() : -1;
        } catch (MalformedFrameException malformed) {
            return (int) malformed.bytePosition();
        }
    }

    /**
     * All payloads of up to so many bytes, and of so many of the bytes 0 to 3, for frames of one or two tokens behind three others:
     * read or refused like the oracle, with the same tokens. Payloads of encoding 12 are longer: none that short can be read.
     */
    @ParameterizedTest
    @CsvSource({"0x00, 2, 5", "0x01, 2, 5", "0x02, 2, 6", "0x10, 1, 6", "0x11, 1, 6", "0x03, 1, 2"})
    void everyShortPayloadIsReadOrRefusedLikeTheOracle(String encoding, int mostBytes, int mostSmallBytes) {
        int number = Integer.decode(encoding);
        int[] bytes = IntStream.range(0, EVERY_BYTE).toArray();
        int[] read = {0};
        int mostTokens = 2;
        long payloads = 0;
        for (int count = 1; count <= mostTokens; count++) {
            int tokens = count;
            EverySequence.Visitor likeTheOracle = payload -> {
                read[0] += isReadLikeTheOracle(stream(number, tokens, payload)) ? 1 : 0;
                return true;
            };
            payloads += EverySequence.of(bytes, mostBytes, likeTheOracle);
            payloads += EverySequence.of(new int[] {0, 1, 2, 3}, mostSmallBytes, likeTheOracle);
        }
        assertThat(read[0]).as("payloads that were read").isPositive();
        EverySequence.print("frames, encoding " + encoding + ", any payload", mostTokens, payloads);
    }

    private boolean isReadLikeTheOracle(byte[] stream) {
        FrameOracle oracle = new FrameOracle(stream);
        int refused = oracle.read();
        int[] plain = oracle.tokens().stream().mapToInt(Integer::intValue).toArray();
        int failed = read(stream);
        int[] found = Arrays.copyOf(decoded, (int) output.position());
        if (refused != failed || !Arrays.equals(plain, found)) {
            throw new AssertionError(Arrays.toString(stream) + " gave " + Arrays.toString(found) + " up to " + failed
                    + ", the oracle " + Arrays.toString(plain) + " up to " + refused);
        }
        return failed < 0;
    }

    /** A header, three single tokens, and a checked frame with the payload, which ends the stream (FORMAT.md, section 4). */
    private static byte[] stream(int encoding, int tokens, int[] payload) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.writeBytes(HEADER);
        for (int earlier : EARLIER) {
            stream.write(0);
            stream.write(earlier);
        }
        stream.write(LAST_DATA);
        stream.write(tokens);
        stream.write(encoding);
        stream.write(payload.length);
        for (int part : payload) {
            stream.write(part);
        }
        CRC32C check = new CRC32C();
        check.update(new byte[Long.BYTES]);
        check.update(stream.toByteArray(), HEADER.length, stream.size() - HEADER.length);
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            stream.write((int) (check.getValue() >>> shift));
        }
        return stream.toByteArray();
    }

    /** What a stream of no tokens begins with. */
    private static byte[] header() {
        StreamHeader header = StreamHeader.builder(VOCABULARY).window(2).build();
        byte[] empty = WireJobs.write(header, FrameWriterOptions.DEFAULT, new int[0], new int[0])
                .bytes();
        int magicVersionFlagsAndLength = 6;
        return Arrays.copyOf(empty, magicVersionFlagsAndLength + empty[magicVersionFlagsAndLength - 1] + Integer.BYTES);
    }
}
