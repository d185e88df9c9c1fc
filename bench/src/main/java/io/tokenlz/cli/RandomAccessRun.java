package io.tokenlz.cli;

import io.tokenlz.bench.GeneratedTokens;
import io.tokenlz.frames.FrameWriter;
import io.tokenlz.frames.FrameWriterOptions;
import io.tokenlz.frames.FrameWriterOptions.Level;
import io.tokenlz.frames.StoredBytes;
import io.tokenlz.frames.StoredStream;
import io.tokenlz.frames.StreamHeader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Writes generated tokens as stored streams, in a temporary file, and reads here and there in them. Neither all tokens nor
 * all bytes are ever in memory.
 */
final class RandomAccessRun {
    /** Tokens of a read. */
    static final int READ_TOKENS = 64;

    private static final int[] BLOCKS = {1 << 10, 1 << 13, 1 << 16};
    private static final int OPENINGS = 5;
    private static final int WARM_UP_PART = 10;
    private static final long SEED = 7;
    private static final double NANOS = 1e9;

    private final GeneratedTokens generator = new GeneratedTokens(SEED);
    private final long tokens;
    private final int reads;

    private final int[] expected = new int[READ_TOKENS];
    private final int[] found = new int[READ_TOKENS];
    private @Nullable String difference;

    RandomAccessRun(long tokens, int reads) {
        this.tokens = tokens;
        this.reads = reads;
    }

    RandomAccessReport run() throws IOException {
        List<RandomAccessResult> results = new ArrayList<>();
        try (DelayedProgress progress = new DelayedProgress("report", tokens * BLOCKS.length, " Mtok", 1_000_000)) {
            for (int i = 0; i < BLOCKS.length; i++) {
                results.add(measure(BLOCKS[i], tokens * i, progress));
            }
        }
        return new RandomAccessReport(tokens, reads, results);
    }

    private RandomAccessResult measure(int blockTokens, long tokensBefore, DelayedProgress progress)
            throws IOException {
        Path file = Files.createTempFile("tokenlz-random-access-", ".tlz");
        file.toFile().deleteOnExit(); // where the run is stopped
        try {
            long start = System.nanoTime();
            write(file, blockTokens, tokensBefore, progress);
            double writeSeconds = (System.nanoTime() - start) / NANOS;
            try (FileChannel channel = FileChannel.open(file)) {
                return read(blockTokens, writeSeconds, channel);
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Writes the stream that {@code pack --block} makes of the tokens. */
    private void write(Path file, int blockTokens, long tokensBefore, DelayedProgress progress) throws IOException {
        StreamHeader header =
                StreamHeader.builder(GeneratedTokens.VOCABULARY_SIZE).stored().build();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FrameWriter writer =
                        new FrameWriter(header, new FrameWriterOptions(Level.HIGH, blockTokens, 1, true))) {
            new FrameFileWriting(writer, channel)
                    .run(new GeneratedDocument(generator, tokens), done -> progress.at(tokensBefore + done));
        }
    }

    private RandomAccessResult read(int blockTokens, double writeSeconds, FileChannel channel) throws IOException {
        long[] nanos = new long[reads];
        long heapBefore = heapInUse();
        CountedBytes bytes = new CountedBytes(StoredBytes.of(channel));
        StoredStream stream = StoredStream.open(bytes, FrameFileReading.LIMITS);
        long openBytes = bytes.count();
        double openSeconds = Double.MAX_VALUE;
        for (int i = 0; i < OPENINGS; i++) {
            long start = System.nanoTime();
            StoredStream.open(StoredBytes.of(channel), FrameFileReading.LIMITS);
            openSeconds = Math.min(openSeconds, (System.nanoTime() - start) / NANOS);
        }
        difference = null;
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < reads / WARM_UP_PART; i++) {
            time(stream, random.nextLong(tokens - READ_TOKENS + 1));
        }
        long readBytes = 0;
        long mostReadBytes = 0;
        for (int i = 0; i < reads; i++) {
            long before = bytes.count();
            nanos[i] = time(stream, random.nextLong(tokens - READ_TOKENS + 1));
            readBytes += bytes.count() - before;
            mostReadBytes = Math.max(mostReadBytes, bytes.count() - before);
        }
        long heapAfter = heapInUse();
        double readSeconds = Arrays.stream(nanos).sum() / NANOS;
        Arrays.sort(nanos);
        return new RandomAccessResult(
                blockTokens,
                stream.tokens(),
                channel.size(),
                stream.restarts(),
                stream.indexBytes(),
                writeSeconds,
                openSeconds,
                openBytes,
                reads,
                readSeconds,
                nanos[reads / 2] / NANOS,
                nanos[(int) (reads * 99L / 100)] / NANOS,
                readBytes,
                mostReadBytes,
                heapBefore,
                heapAfter,
                difference);
    }

    /** Reads and then compares; how long the reading took. */
    private long time(StoredStream stream, long from) {
        long start = System.nanoTime();
        stream.read(from, found, 0, READ_TOKENS);
        long nanos = System.nanoTime() - start;
        generator.read(from, expected, 0, READ_TOKENS);
        int place = Arrays.mismatch(expected, found);
        if (place >= 0 && difference == null) {
            difference = "token " + (from + place) + " is " + expected[place] + " and was read as " + found[place];
        }
        return nanos;
    }

    private static long heapInUse() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
