package io.tokenlz.frames;

import io.tokenlz.core.AgronaByteInput;
import io.tokenlz.core.ByteInput;
import io.tokenlz.core.ChronicleByteInput;
import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import io.tokenlz.metatokens.MetaTokenDictionary;
import io.tokenlz.metatokens.MetaTokenForm;
import io.tokenlz.metatokens.MetaTokenFrames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.openhft.chronicle.bytes.Bytes;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever bytes come in, readers end with tokens or a {@link MalformedFrameException} (FORMAT.md, sections 1 and 10). The same
 * few inputs each time, unless {@code -Dtokenlz.fuzz.seconds=N} asks for more ({@link FuzzRun}).
 */
class FrameFuzzTest {
    /** Every kind of memory that a reader takes. */
    enum Kind {
        HEAP,
        DIRECT,
        AGRONA,
        CHRONICLE;

        ByteMemory allocate() {
            return switch (this) {
                case HEAP -> new ByteMemory.Buffer(ByteBuffer.allocate(ByteMemory.ROOM));
                case DIRECT -> new ByteMemory.Buffer(ByteBuffer.allocateDirect(ByteMemory.ROOM));
                case AGRONA -> new Agrona();
                case CHRONICLE -> new Chronicle();
            };
        }
    }

    private static final class Agrona implements ByteMemory {
        private final ByteBuffer bytes = ByteBuffer.allocateDirect(ROOM);
        private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        private final AgronaByteInput input = new AgronaByteInput();

        @Override
        public void hold(byte[] held) {
            buffer.putBytes(0, held);
        }

        @Override
        public ByteInput window(int from, int count) {
            return input.wrap(buffer, from, count);
        }

        @Override
        public StoredBytes stored(int count) {
            return StoredBytes.of(bytes.clear().limit(count));
        }
    }

    private static final class Chronicle implements ByteMemory {
        private final Bytes<byte[]> bytes = Bytes.wrapForWrite(new byte[ROOM]);
        private final ChronicleByteInput input = new ChronicleByteInput();

        @Override
        public void hold(byte[] held) {
            bytes.clear().write(held);
        }

        @Override
        public ByteInput window(int from, int count) {
            return input.wrap(bytes, from, count);
        }

        @Override
        public StoredBytes stored(int count) {
            return new ChronicleStoredBytes(bytes.readLimit(count));
        }
    }

    private static List<MetaTokenCodec> codecs() {
        List<MetaTokenCodec> codecs = new ArrayList<>();
        for (MetaTokenForm form : List.of(MetaTokenForm.FLAT, MetaTokenForm.NESTED)) {
            MetaTokenConfig.Builder config =
                    MetaTokenConfig.builder(200).form(form).window(100);
            codecs.add(new MetaTokenCodec(config.build()));
            // reserved IDs inside the vocabulary, too
            config.delimiters(130, 1000).addPool(140, 142).addPool(500, 560).addPool(199, 199);
            codecs.add(new MetaTokenCodec(config.build()));
        }
        int[][] entries = {{1, 2}, {2, 3, 4, 5, 6, 7, 8, 9}, {1, 2, 3}, {0, 0, 0, 0}};
        MetaTokenDictionary dictionary = MetaTokenDictionary.of(200, 1, new byte[0], entries);
        MetaTokenFrames.hold(dictionary);
        codecs.add(new MetaTokenCodec(
                MetaTokenConfig.builder(200).dictionary(dictionary).build()));
        return codecs;
    }

    /** What writers write, and what only the format allows. */
    private static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>(SeedStreams.plain());
        codecs().forEach(codec -> seeds.addAll(SeedStreams.of(codec)));
        FrameVectors.readable().forEach(vector -> seeds.add(vector.bytes()));
        return seeds;
    }

    @ParameterizedTest
    @EnumSource
    void readerTakesAnything(Kind kind) throws IOException {
        ReaderCheck check = new ReaderCheck(kind.allocate());
        new FuzzRun("reader-" + kind, new StreamInputs(seeds()), check).run(2000);
    }

    @Test
    void storedStreamTakesAnything() throws IOException {
        StoredCheck check = new StoredCheck(Kind.CHRONICLE.allocate());
        new FuzzRun("stored", new StreamInputs(seeds()).ofStored(), check).run(2000);
    }

    @Test
    void headerTakesAnything() throws IOException {
        new FuzzRun("header", new StreamInputs(seeds()).ofHeaders(), new HeaderCheck()).run(3000);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x01, 0x02, 0x03, 0x10, 0x11, 0x12})
    void payloadDecoderTakesAnything(int encoding) throws IOException {
        String entry = String.format("payload-%02X", encoding);
        int tries = encoding == StreamFormat.ENCODING_MODEL ? 50 : 3000;
        new FuzzRun(entry, new PayloadInputs(encoding), new PayloadCheck(encoding)).run(tries);
    }

    @Test
    void metaTokenDecoderTakesAnything() throws IOException {
        DecoderCheck check = new DecoderCheck(codecs());
        new FuzzRun("decoder", check::input, check).run(10_000);
    }
}
