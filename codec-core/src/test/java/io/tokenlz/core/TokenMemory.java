package io.tokenlz.core;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.MappedBytes;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Every kind of memory that tokens can lie in, behind one face for tests. */
public abstract class TokenMemory implements AutoCloseable {
    /** Bytes before and after the window, which must not change. */
    static final int MARGIN = 8;

    private static final byte CANARY = 0x5A;

    /** Where they lie. */
    public enum Kind {
        ARRAY,
        AGRONA_HEAP,
        AGRONA_DIRECT,
        AGRONA_MAPPED,
        CHRONICLE_HEAP,
        CHRONICLE_NATIVE,
        CHRONICLE_ELASTIC,
        CHRONICLE_MAPPED;

        /**
         * Allocates memory of this kind.
         *
         * @param tokens room in it
         * @param folder for the files of those that are mapped
         * @return memory, for the caller to close
         */
        public TokenMemory allocate(int tokens, Path folder) {
            int bytes = tokens * Integer.BYTES + 2 * MARGIN;
            TokenMemory memory = switch (this) {
                case ARRAY -> new Array(tokens);
                case AGRONA_HEAP -> new Agrona(new UnsafeBuffer(new byte[bytes]), tokens);
                case AGRONA_DIRECT -> new Agrona(new UnsafeBuffer(ByteBuffer.allocateDirect(bytes)), tokens);
                case AGRONA_MAPPED -> new Agrona(new UnsafeBuffer(map(folder, bytes)), tokens);
                case CHRONICLE_HEAP -> new Chronicle(Bytes.wrapForWrite(new byte[bytes]), tokens);
                case CHRONICLE_NATIVE -> new Chronicle(Bytes.allocateDirect(bytes), tokens);
                case CHRONICLE_ELASTIC -> new Chronicle(Bytes.allocateElasticDirect(bytes), tokens);
                case CHRONICLE_MAPPED -> new Chronicle(mapChronicle(folder, bytes), tokens);
            };
            memory.fill(CANARY);
            return memory;
        }
    }

    final int tokens;

    TokenMemory(int tokens) {
        this.tokens = tokens;
    }

    /** A window, until the next one. */
    public abstract TokenInput input(int from, int count);

    /** A window, until the next one. */
    public abstract TokenOutput output(int from, int count);

    /** The four bytes of a token, little-endian, wherever they are. */
    public abstract int token(int index);

    /** Puts a token there. */
    public abstract void setToken(int index, int token);

    abstract byte byteAt(int index);

    abstract void fill(byte value);

    /** Fails if anything outside of a window was written to. */
    public final void requireCanaries(int from, int count) {
        for (int i = 0; i < MARGIN + from * Integer.BYTES; i++) {
            requireCanary(i);
        }
        for (int i = MARGIN + (from + count) * Integer.BYTES; i < 2 * MARGIN + tokens * Integer.BYTES; i++) {
            requireCanary(i);
        }
    }

    private void requireCanary(int index) {
        if (byteAt(index) != CANARY) {
            throw new AssertionError("byte " + index + " was written to");
        }
    }

    @Override
    public void close() {}

    private static ByteBuffer map(Path folder, int bytes) {
        Path file = folder.resolve("tokens-" + System.nanoTime());
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Bytes<?> mapChronicle(Path folder, int bytes) {
        try {
            MappedBytes mapped = MappedBytes.singleMappedBytes(
                    folder.resolve("tokens-" + System.nanoTime()).toFile(), bytes);
            mapped.readLimit(bytes);
            return mapped;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static final class Array extends TokenMemory {
        private final int[] array;
        private final ArrayTokenInput input = new ArrayTokenInput();
        private final ArrayTokenOutput output = new ArrayTokenOutput();

        Array(int tokens) {
            super(tokens);
            array = new int[tokens + 2 * MARGIN / Integer.BYTES];
        }

        @Override
        public TokenInput input(int from, int count) {
            return input.wrap(array, MARGIN / Integer.BYTES + from, count);
        }

        @Override
        public TokenOutput output(int from, int count) {
            return output.wrap(array, MARGIN / Integer.BYTES + from, count);
        }

        @Override
        public int token(int index) {
            return array[MARGIN / Integer.BYTES + index];
        }

        @Override
        public void setToken(int index, int token) {
            array[MARGIN / Integer.BYTES + index] = token;
        }

        @Override
        byte byteAt(int index) {
            return (byte) (array[index / Integer.BYTES] >>> (index % Integer.BYTES * Byte.SIZE));
        }

        @Override
        void fill(byte value) {
            java.util.Arrays.fill(array, value * 0x01010101);
        }
    }

    private static final class Agrona extends TokenMemory {
        private final MutableDirectBuffer buffer;
        private final AgronaTokenInput input = new AgronaTokenInput();
        private final AgronaTokenOutput output = new AgronaTokenOutput();

        Agrona(MutableDirectBuffer buffer, int tokens) {
            super(tokens);
            this.buffer = buffer;
        }

        @Override
        public TokenInput input(int from, int count) {
            return input.wrap(buffer, MARGIN + from * Integer.BYTES, count);
        }

        @Override
        public TokenOutput output(int from, int count) {
            return output.wrap(buffer, MARGIN + from * Integer.BYTES, count);
        }

        @Override
        public int token(int index) {
            return buffer.getInt(MARGIN + index * Integer.BYTES, ByteOrder.LITTLE_ENDIAN);
        }

        @Override
        public void setToken(int index, int token) {
            buffer.putInt(MARGIN + index * Integer.BYTES, token, ByteOrder.LITTLE_ENDIAN);
        }

        @Override
        byte byteAt(int index) {
            return buffer.getByte(index);
        }

        @Override
        void fill(byte value) {
            buffer.setMemory(0, buffer.capacity(), value);
        }
    }

    private static final class Chronicle extends TokenMemory {
        private final Bytes<?> bytes;
        private final ChronicleTokenInput input = new ChronicleTokenInput();
        private final ChronicleTokenOutput output = new ChronicleTokenOutput();

        Chronicle(Bytes<?> bytes, int tokens) {
            super(tokens);
            this.bytes = bytes;
        }

        @Override
        public TokenInput input(int from, int count) {
            return input.wrap(bytes, MARGIN + (long) from * Integer.BYTES, count);
        }

        @Override
        public TokenOutput output(int from, int count) {
            return output.wrap(bytes, MARGIN + (long) from * Integer.BYTES, count);
        }

        @Override
        public int token(int index) {
            int token = bytes.readInt(MARGIN + (long) index * Integer.BYTES);
            return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? token : Integer.reverseBytes(token);
        }

        @Override
        public void setToken(int index, int token) {
            bytes.writeInt(
                    MARGIN + (long) index * Integer.BYTES,
                    ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? token : Integer.reverseBytes(token));
        }

        @Override
        byte byteAt(int index) {
            return bytes.readByte(index);
        }

        @Override
        void fill(byte value) {
            int size = tokens * Integer.BYTES + 2 * MARGIN;
            bytes.writePosition(size);
            for (int i = 0; i < size; i++) {
                bytes.writeByte(i, value);
            }
        }

        @Override
        public void close() {
            bytes.releaseLast();
        }
    }
}
