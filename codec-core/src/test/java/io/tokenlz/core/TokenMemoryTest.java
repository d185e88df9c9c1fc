package io.tokenlz.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.MappedBytes;
import org.agrona.concurrent.UnsafeBuffer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens are read where they lie and written where they shall go, in every kind of memory. */
class TokenMemoryTest {
    private static final int TOKENS = 5000;
    private static final TokenCodec CODEC =
            new MetaTokenCodec(MetaTokenConfig.builder(100).window(512).build());

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void codesWhereTheTokensAre(TokenMemory.Kind kind) {
        int[] tokens = repetitiveTokens();
        int[] encoded = CODEC.encode(tokens);
        try (TokenMemory source = kind.allocate(TOKENS, folder);
                TokenMemory target = kind.allocate(TOKENS, folder);
                TokenMemory back = kind.allocate(TOKENS, folder)) {
            for (int i = 0; i < TOKENS; i++) {
                source.setToken(i, tokens[i]);
            }
            TokenInput input = source.input(0, TOKENS);
            TokenOutput output = target.output(0, encoded.length);
            assertThat(codeWhole(CODEC.newEncoder(), input, output)).isEqualTo(encoded.length);
            assertThat(input.remaining()).isZero();
            for (int i = 0; i < encoded.length; i++) {
                assertThat(target.token(i)).isEqualTo(encoded[i]);
            }
            target.requireCanaries(0, encoded.length);
            source.requireCanaries(0, TOKENS);

            codeWhole(CODEC.newDecoder(), target.input(0, encoded.length), back.output(0, TOKENS));
            for (int i = 0; i < TOKENS; i++) {
                assertThat(back.token(i)).isEqualTo(tokens[i]);
            }
        }
    }

    private static long codeWhole(TokenCoder coder, TokenInput input, TokenOutput output) {
        assertThat(coder.transform(input, output)).isEqualTo(CoderStatus.NEEDS_INPUT);
        assertThat(coder.finish(output)).isEqualTo(CoderStatus.DONE);
        return output.position();
    }

    @ParameterizedTest
    @EnumSource
    void smallWindowsAnywhereGiveTheSame(TokenMemory.Kind kind) {
        int[] tokens = repetitiveTokens();
        int[] encoded = CODEC.encode(tokens);
        int[] collected = new int[encoded.length];
        Random random = new Random(7);
        try (TokenMemory source = kind.allocate(TOKENS, folder);
                TokenMemory target = kind.allocate(64, folder);
                TokenEncoder encoder = CODEC.newEncoder()) {
            for (int i = 0; i < TOKENS; i++) {
                source.setToken(i, tokens[i]);
            }
            int count = 0;
            int at = 0;
            CoderStatus status = CoderStatus.NEEDS_INPUT;
            while (status != CoderStatus.DONE) {
                int size = Math.min(random.nextInt(2000), TOKENS - at);
                int from = random.nextInt(32);
                int room = random.nextInt(33);
                TokenInput input = source.input(at, size);
                TokenOutput output = target.output(from, room);
                status = at == TOKENS ? encoder.finish(output) : encoder.transform(input, output);
                at += (int) input.position();
                for (int i = 0; i < output.position(); i++) {
                    collected[count++] = target.token(from + i);
                }
            }
            assertThat(count).isEqualTo(encoded.length);
        }
        assertThat(collected).isEqualTo(encoded);
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsAllocatedInSteadyState(TokenMemory.Kind kind) {
        try (TokenMemory source = kind.allocate(TOKENS, folder);
                TokenMemory target = kind.allocate(TOKENS, folder);
                TokenEncoder encoder = CODEC.newEncoder()) {
            for (int i = 0; i < TOKENS; i++) {
                source.setToken(i, i % 100);
            }
            // what a call allocates shows in every round; what the JVM itself does on this thread, in few of them
            long allocated = Long.MAX_VALUE;
            for (int round = 0; round < 10 && allocated > 0; round++) {
                long before = THREADS.getCurrentThreadAllocatedBytes();
                codeInWindows(encoder, source, target);
                allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            }
            assertThat(allocated).isZero();
        }
    }

    private static void codeInWindows(TokenEncoder encoder, TokenMemory source, TokenMemory target) {
        encoder.reset();
        for (int at = 0; at < TOKENS; at += 100) {
            TokenInput input = source.input(at, 100);
            encoder.transform(input, target.output(0, TOKENS));
            encoder.flush(target.output(0, TOKENS));
        }
        encoder.finish(target.output(0, TOKENS));
    }

    @Test
    void aMappedFileLargerThanTwoGibibytes() throws IOException {
        long twoGibibytes = 1L << 31;
        long from = twoGibibytes - 4L * (TOKENS / 2) - 2; // unaligned, and across the boundary
        int[] tokens = repetitiveTokens();
        AdditionCodec codec = new AdditionCodec(100);
        try (MappedBytes bytes =
                MappedBytes.mappedBytes(folder.resolve("large.u32").toFile(), 1 << 26)) {
            ChronicleTokenOutput room = new ChronicleTokenOutput().wrap(bytes, from, TOKENS);
            codeWhole(codec.newEncoder(), new ArrayTokenInput().wrap(tokens), room);
            bytes.readLimit(from + 4L * TOKENS);

            int[] back = new int[TOKENS];
            TokenInput input = new ChronicleTokenInput().wrap(bytes, from, TOKENS);
            codeWhole(codec.newDecoder(), input, new ArrayTokenOutput().wrap(back));
            assertThat(back).isEqualTo(tokens);
        }
    }

    /** Where chunks don't overlap, Chronicle reads an integer across two of them wrong, and refuses to write one. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void tokensAcrossChunksOfAMappedFile(int unaligned) throws IOException {
        int chunkBytes = 1 << 16;
        int[] tokens = new Random(unaligned).ints(3 * chunkBytes / 4).toArray();
        int[] back = new int[tokens.length];
        File file = folder.resolve("chunks.u32").toFile();
        try (MappedBytes bytes = MappedBytes.mappedBytes(file, chunkBytes, 0)) {
            new ChronicleTokenOutput().wrap(bytes, unaligned, tokens.length).write(tokens, 0, tokens.length);
            bytes.readLimit(unaligned + 4L * tokens.length);
            new ChronicleTokenInput().wrap(bytes, unaligned, tokens.length).read(0, back, tokens.length);
            assertThat(back).isEqualTo(tokens);

            Bytes<?> view = bytes.bytesForRead();
            Arrays.fill(back, -1);
            new ChronicleTokenInput().wrap(view, unaligned, tokens.length).read(0, back, tokens.length);
            assertThat(back).isEqualTo(tokens);
            view.releaseLast();
        }
    }

    @Test
    void rangesAreCheckedWhereAWindowIsWrapped() {
        ArrayTokenInput input = new ArrayTokenInput();
        ArrayTokenOutput output = new ArrayTokenOutput();
        AgronaTokenInput agronaInput = new AgronaTokenInput();
        AgronaTokenOutput agronaOutput = new AgronaTokenOutput();
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[40]);
        int[] array = new int[10];
        for (int[] range : new int[][] {{-1, 1}, {0, -1}, {0, 11}, {10, 1}, {Integer.MAX_VALUE, 1}}) {
            int offset = range[0];
            int count = range[1];
            int bytes = (int) Math.min(Integer.MAX_VALUE, 4L * offset);
            assertOutOfBounds(() -> input.wrap(array, offset, count));
            assertOutOfBounds(() -> output.wrap(array, offset, count));
            assertOutOfBounds(() -> agronaInput.wrap(buffer, bytes, count));
            assertOutOfBounds(() -> agronaOutput.wrap(buffer, bytes, count));
        }
        assertOutOfBounds(() -> agronaInput.wrap(buffer, 37, 1));
        assertOutOfBounds(() -> agronaInput.wrap(buffer, 0, 1 << 30));
        assertThatThrownBy(() -> agronaOutput.wrap(
                        new UnsafeBuffer(ByteBuffer.allocateDirect(40).asReadOnlyBuffer()), 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("read-only");
    }

    @Test
    void rangesAreCheckedBeforeChronicleSeesThem() {
        ChronicleTokenInput input = new ChronicleTokenInput();
        ChronicleTokenOutput output = new ChronicleTokenOutput();
        Bytes<?> fixed = Bytes.wrapForRead(new byte[40]);
        Bytes<?> room = Bytes.wrapForWrite(new byte[40]);
        long[][] ranges = {
            {-4, 1}, {0, -1}, {0, 11}, {40, 1}, {37, 1}, {Long.MAX_VALUE, 1}, {0, Long.MAX_VALUE}, {4, 1L << 62}
        };
        for (long[] range : ranges) {
            assertOutOfBounds(() -> input.wrap(fixed, range[0], range[1]));
            assertOutOfBounds(() -> output.wrap(room, range[0], range[1]));
        }
        Bytes<?> elastic = Bytes.allocateElasticDirect();
        assertOutOfBounds(() -> input.wrap(elastic, 0, 1)); // nothing is readable yet
        output.wrap(elastic, 4000, 1000); // grows
        assertThat(elastic.realCapacity()).isGreaterThanOrEqualTo(8000);
        elastic.releaseLast();
        Bytes<?> limited = Bytes.wrapForWrite(new byte[64]);
        limited.writeLimit(16);
        output.wrap(limited, 0, 4);
        assertOutOfBounds(() -> output.wrap(limited, 0, 5));
    }

    @Test
    void readOnlyMemoryIsRefusedBeforeChronicleWritesToIt() throws IOException {
        ChronicleTokenOutput output = new ChronicleTokenOutput();
        Path file = Files.write(folder.resolve("read-only.u32"), new byte[4096]);
        try (FileChannel channel = FileChannel.open(file)) {
            Bytes<?> mapped = Bytes.wrapForWrite(channel.map(FileChannel.MapMode.READ_ONLY, 0, 4096));
            assertReadOnly(() -> output.wrap(mapped, 0, 1));
        }
        Bytes<?> buffer = Bytes.wrapForWrite(ByteBuffer.allocateDirect(64).asReadOnlyBuffer());
        assertReadOnly(() -> output.wrap(buffer, 0, 1));
        try (MappedBytes mapped = MappedBytes.readOnly(file.toFile())) {
            assertReadOnly(() -> output.wrap(mapped, 0, 1));
        }
    }

    private static void assertReadOnly(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("read-only");
    }

    private static void assertOutOfBounds(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static int[] repetitiveTokens() {
        int[] tokens = new int[TOKENS];
        Random random = new Random(42);
        for (int i = 0; i < TOKENS; ) {
            int length = Math.min(1 + random.nextInt(12), TOKENS - i);
            int from = i > 100 && random.nextBoolean() ? random.nextInt(i - 50) : -1;
            for (int k = 0; k < length; k++, i++) {
                tokens[i] = from < 0 ? random.nextInt(100) : tokens[from + k];
            }
        }
        return tokens;
    }
}
