package io.tokenlz.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.BufferByteInput;
import io.tokenlz.core.BufferByteOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.frames.FrameWriterOptions.Level;
import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Streams of any configuration, cut and flushed anywhere, come back token by token (FORMAT.md, sections 4 to 8). */
class FrameProperties {
    /** What a writer is told, and the tokens, made together. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Stream(StreamHeader header, FrameWriterOptions options, int[] tokens, long seed) {
        @Override
        public String toString() {
            return header + " " + options + " seed " + seed + " tokens " + Arrays.toString(tokens);
        }
    }

    @Provide
    static Arbitrary<Stream> streams() {
        Arbitrary<Integer> vocabulary = Arbitraries.of(1, 2, 30, 200_019, Integer.MAX_VALUE - 1 - 4096);
        Arbitrary<Integer> window = Arbitraries.of(0, 1, 5, 100, 4096);
        Arbitrary<Integer> codec = Arbitraries.integers().between(0, 2);
        Arbitrary<FrameWriterOptions> options = Combinators.combine(
                        Arbitraries.of(Level.class),
                        Arbitraries.of(1, 2, 7, 63, 64, 300, 4096),
                        Arbitraries.of(0L, 1L, 50L, 1000L),
                        Arbitraries.of(true, false))
                .as(FrameWriterOptions::new);
        Arbitrary<Boolean> stored = Arbitraries.of(true, false);
        return Combinators.combine(
                        vocabulary,
                        window,
                        codec,
                        options,
                        stored,
                        Arbitraries.integers().between(0, 5000),
                        Arbitraries.longs())
                .as((size, reach, kind, chosen, indexed, length, seed) -> {
                    StreamHeader.Builder builder = kind == 0
                            ? StreamHeader.builder(size)
                            : StreamHeader.builder(new MetaTokenCodec(MetaTokenConfig.builder(size)
                                    .window(kind * 100)
                                    .build()));
                    builder.window(reach);
                    if (indexed) {
                        builder.stored();
                    }
                    return new Stream(builder.build(), chosen, tokens(new Random(seed), size, length), seed);
                });
    }

    /** Tokens with repeats of every kind: runs, copies from near and far, small and large IDs. */
    static int[] tokens(Random random, int vocabulary, int most) {
        int[] tokens = new int[most == 0 ? 0 : random.nextInt(most)];
        for (int i = 0; i < tokens.length; ) {
            int length = Math.min(1 + random.nextInt(random.nextInt(8) == 0 ? 100 : 9), tokens.length - i);
            int from = i > 0 && random.nextInt(3) > 0 ? random.nextInt(i) : -1;
            int bits = random.nextInt(32);
            for (int k = 0; k < length; k++, i++) {
                tokens[i] = from >= 0 ? tokens[from + k] : (random.nextInt() >>> 1 >>> bits) % vocabulary;
            }
        }
        return tokens;
    }

    /** Writes in windows of random sizes with flushes at random places. */
    static byte[] write(Stream stream, Random random, int mostWindow) {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 20);
        BufferByteOutput output = new BufferByteOutput();
        ArrayTokenInput input = new ArrayTokenInput();
        ByteBuffer room = ByteBuffer.allocate(mostWindow + 1);
        try (FrameWriter writer = new FrameWriter(stream.header(), stream.options())) {
            int at = 0;
            while (at < stream.tokens().length) {
                int count = Math.min(1 + random.nextInt(mostWindow), stream.tokens().length - at);
                input.wrap(stream.tokens(), at, count);
                CoderStatus status;
                do {
                    status = writer.write(input, output.wrap(window(room, random)));
                    bytes.put(room.flip());
                } while (status == CoderStatus.NEEDS_OUTPUT);
                at += count;
                if (random.nextInt(3) == 0) {
                    while (writer.flush(output.wrap(window(room, random))) == CoderStatus.NEEDS_OUTPUT) {
                        bytes.put(room.flip());
                    }
                    bytes.put(room.flip());
                }
                if (stream.header().stored() && random.nextInt(4) == 0) {
                    writer.endDocument();
                }
            }
            while (writer.finish(output.wrap(window(room, random))) == CoderStatus.NEEDS_OUTPUT) {
                bytes.put(room.flip());
            }
            bytes.put(room.flip());
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private static ByteBuffer window(ByteBuffer room, Random random) {
        return room.clear().limit(random.nextInt(room.capacity() + 1));
    }

    static int[] read(FrameReader reader, byte[] bytes, Random random, int mostWindow) {
        int[] tokens = new int[1 << 16];
        int count = 0;
        BufferByteInput input = new BufferByteInput();
        ArrayTokenOutput output = new ArrayTokenOutput();
        int at = 0;
        while (true) {
            int part = Math.min(random.nextInt(mostWindow + 1), bytes.length - at);
            input.wrap(ByteBuffer.wrap(bytes, at, part));
            CoderStatus status;
            do {
                output.wrap(tokens, count, Math.min(random.nextInt(mostWindow + 1), tokens.length - count));
                status = reader.read(input, output);
                count += (int) output.position();
            } while (status == CoderStatus.NEEDS_OUTPUT);
            at += (int) input.position();
            if (status == CoderStatus.DONE) {
                assertThat(at).isEqualTo(bytes.length);
                reader.finish();
                return Arrays.copyOf(tokens, count);
            }
            if (at == bytes.length) {
                reader.finish();
            }
        }
    }

    @Property(tries = 600)
    void whatIsWrittenIsRead(@ForAll("streams") Stream stream) {
        Random random = new Random(stream.seed());
        byte[] bytes = write(stream, random, 1 + random.nextInt(700));
        try (FrameReader reader = new FrameReader()) {
            assertThat(read(reader, bytes, random, 1 + random.nextInt(700))).isEqualTo(stream.tokens());
            assertThat(reader.header()).isEqualTo(stream.header());
            assertThat(reader.checkedTokens()).isEqualTo(stream.tokens().length);
            reader.reset();
            assertThat(read(reader, bytes, random, 1))
                    .as("byte by byte, token by token")
                    .isEqualTo(stream.tokens());
        }
    }

    @Property(tries = 200)
    void anyRangeOfAStoredStreamIsRead(@ForAll("streams") Stream stream) {
        if (!stream.header().stored()) {
            return;
        }
        Random random = new Random(stream.seed());
        byte[] bytes = write(stream, random, 1 + random.nextInt(700));
        StoredStream stored = StoredStream.open(StoredBytes.of(ByteBuffer.wrap(bytes)));
        assertThat(stored.tokens()).isEqualTo(stream.tokens().length);
        for (int i = 0; i < 20; i++) {
            int from = random.nextInt(stream.tokens().length + 1);
            int count = random.nextInt(Math.min(200, stream.tokens().length - from) + 1);
            int[] target = new int[count + 2];
            stored.read(from, target, 1, count);
            assertThat(Arrays.copyOfRange(target, 1, 1 + count))
                    .isEqualTo(Arrays.copyOfRange(stream.tokens(), from, from + count));
        }
        int[] all = new int[0];
        for (int document = 0; document < stored.documents(); document++) {
            int[] next = stored.document(document);
            int length = all.length;
            all = Arrays.copyOf(all, length + next.length);
            System.arraycopy(next, 0, all, length, next.length);
        }
        assertThat(all).isEqualTo(stream.tokens());
    }
}
