package io.tokenlz.frames;

import io.tokenlz.core.AgronaByteInput;
import io.tokenlz.core.ByteInput;
import io.tokenlz.core.ChronicleByteInput;
import io.tokenlz.core.TokenMemory;
import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import io.tokenlz.metatokens.MetaTokenDictionary;
import io.tokenlz.metatokens.MetaTokenForm;
import io.tokenlz.metatokens.MetaTokenFrames;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.openhft.chronicle.bytes.Bytes;
import org.agrona.concurrent.UnsafeBuffer;

/** The wire format, the meta-token codec, and dictionaries as files. */
public final class FrameFuzzEntries implements FuzzEntries {
    /** Every kind of memory that a reader takes. */
    private enum Kind {
        HEAP,
        DIRECT,
        AGRONA,
        CHRONICLE,
        CHRONICLE_NATIVE;

        ByteMemory allocate() {
            return switch (this) {
                case HEAP -> new ByteMemory.Buffer(ByteBuffer.allocate(ByteMemory.ROOM));
                case DIRECT -> new ByteMemory.Buffer(ByteBuffer.allocateDirect(ByteMemory.ROOM));
                case AGRONA -> new Agrona();
                case CHRONICLE -> new Chronicle(Bytes.wrapForWrite(new byte[ByteMemory.ROOM]));
                case CHRONICLE_NATIVE -> new Chronicle(Bytes.allocateDirect(ByteMemory.ROOM));
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
        private final Bytes<?> bytes;
        private final ChronicleByteInput input = new ChronicleByteInput();

        Chronicle(Bytes<?> bytes) {
            this.bytes = bytes;
        }

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

    @Override
    public List<FuzzEntry> entries() {
        List<FuzzEntry> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            all.add(new FuzzEntry(
                    "reader-" + kind,
                    2000,
                    () -> new StreamInputs(seeds()),
                    () -> new ReaderCheck(kind.allocate()),
                    StreamInputs::repaired));
        }
        for (Kind kind : List.of(Kind.DIRECT, Kind.CHRONICLE, Kind.CHRONICLE_NATIVE)) {
            all.add(new FuzzEntry(
                    "stored-" + kind,
                    1000,
                    () -> new StreamInputs(seeds()).ofStored(),
                    () -> new StoredCheck(kind.allocate()),
                    StreamInputs::repaired));
        }
        all.add(new FuzzEntry(
                "header", 3000, () -> new StreamInputs(seeds()).ofHeaders(), HeaderCheck::new, StreamInputs::repaired));
        for (int encoding : new int[] {0x00, 0x01, 0x02, 0x03, 0x10, 0x11, 0x12}) {
            all.add(new FuzzEntry(
                    String.format("payload-%02X", encoding),
                    encoding == StreamFormat.ENCODING_MODEL ? 50 : 3000,
                    () -> new PayloadInputs(encoding),
                    () -> new PayloadCheck(encoding)));
        }
        all.add(new FuzzEntry("writer", 500, WriterCheck::inputs, () -> new WriterCheck(codecs())));
        for (TokenMemory.Kind kind : DecoderCheck.KINDS) {
            all.add(new FuzzEntry(
                    kind == TokenMemory.Kind.ARRAY ? "decoder" : "decoder-" + kind,
                    kind == TokenMemory.Kind.ARRAY ? 10_000 : 2000,
                    () -> DecoderCheck.inputs(codecs()),
                    () -> new DecoderCheck(codecs(), kind)));
            all.add(new FuzzEntry(
                    kind == TokenMemory.Kind.ARRAY ? "encoder" : "encoder-" + kind,
                    kind == TokenMemory.Kind.ARRAY ? 1000 : 300,
                    () -> EncoderCheck.inputs(codecs()),
                    () -> new EncoderCheck(codecs(), kind)));
        }
        all.add(new FuzzEntry(
                "dictionary", 3000, DictionaryCheck::inputs, DictionaryCheck::new, DictionaryCheck::repaired));
        return all;
    }
}
