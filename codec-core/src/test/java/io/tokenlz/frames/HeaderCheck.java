package io.tokenlz.frames;

import static io.tokenlz.frames.ReaderCheck.allocated;
import static io.tokenlz.frames.ReaderCheck.mostAllocated;
import static io.tokenlz.frames.ReaderCheck.require;
import static io.tokenlz.frames.ReaderCheck.requireMemory;

import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.BufferByteInput;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Reads whatever it is given as a header, whole, byte by byte and once more with the same reader. A header that is taken is
 * written again and must come back the same.
 */
public final class HeaderCheck implements FuzzRun.Check {
    /** Makes a check. */
    public HeaderCheck() {}

    @Override
    public String check(byte[] input, Random random) {
        FrameLimits limits = ReaderCheck.LIMITS[random.nextInt(ReaderCheck.LIMITS.length)];
        try (FrameReader reader = new FrameReader(limits, SeedStreams.DICTIONARY);
                FrameReader bytewise = new FrameReader(limits, SeedStreams.DICTIONARY)) {
            long before = allocated();
            String whole = read(reader, input, input.length);
            requireMemory(allocated() - before, mostAllocated(limits, input.length));
            @Nullable StreamHeader header = reader.header();
            require(whole.equals(read(bytewise, input, 1)), "byte by byte another outcome");
            reader.reset();
            require(whole.equals(read(reader, input, 1 + random.nextInt(9))), "another outcome the second time");
            if (header == null) {
                return whole.replaceAll("[0-9A-F]*[0-9][0-9A-F]*", "#");
            }
            require(header.equals(bytewise.header()) && header.equals(reader.header()), "another header");
            requireReadable(header);
            return header.codec() == null
                    ? "read"
                    : "read with codec " + header.codec().name();
        }
    }

    private static void requireReadable(StreamHeader header) {
        require(header.vocabularySize() > 0 && header.window() >= 0, "a header of nothing: " + header);
        ByteSink sink = new ByteSink();
        header.write(sink);
        try (FrameReader reader = new FrameReader(FrameLimits.DEFAULT, SeedStreams.DICTIONARY)) {
            String outcome = read(reader, Arrays.copyOf(sink.bytes, sink.length), sink.length);
            require(
                    header.equals(reader.header()) && header.toString().equals(String.valueOf(reader.header())),
                    header + " comes back as " + reader.header() + ", " + outcome);
        }
    }

    /** Reads as far as the header goes; what is wrong behind it does not matter. */
    private static String read(FrameReader reader, byte[] input, int step) {
        ArrayTokenOutput noRoom = new ArrayTokenOutput().wrap(new int[0]);
        try {
            for (int at = 0; at < input.length && reader.header() == null; at += step) {
                int count = Math.min(step, input.length - at);
                reader.read(new BufferByteInput().wrap(ByteBuffer.wrap(input, at, count)), noRoom);
            }
        } catch (MalformedFrameException malformed) {
            if (reader.header() == null) {
                require(malformed.bytePosition() == 0 && malformed.tokenPosition() == 0, "elsewhere: " + malformed);
                return malformed.getClass().getSimpleName() + ": " + malformed.expected();
            }
        }
        return reader.header() == null ? "cut" : "whole";
    }
}
