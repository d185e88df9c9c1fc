package io.tokenlz.conformance;

import io.tokenlz.core.AgronaTokenInput;
import io.tokenlz.core.AgronaTokenOutput;
import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.ChronicleTokenInput;
import io.tokenlz.core.ChronicleTokenOutput;
import io.tokenlz.core.TokenInput;
import io.tokenlz.core.TokenOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.openhft.chronicle.bytes.Bytes;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The kinds of memory that tokens may lie in. */
enum MemoryKind {
    ARRAY,
    AGRONA_HEAP,
    AGRONA_DIRECT,
    CHRONICLE_HEAP,
    CHRONICLE_NATIVE;

    /** Some memory of one kind. */
    interface Memory extends AutoCloseable {
        TokenInput input(int from, int count);

        TokenOutput output(int from, int count);

        int token(int index);

        void setToken(int index, int token);

        @Override
        default void close() {}
    }

    // names no class of a library itself, or this class could not be linked without it
    Memory allocate(int tokens) {
        int bytes = tokens * Integer.BYTES;
        return switch (this) {
            case ARRAY -> new OfArray(tokens);
            case AGRONA_HEAP -> OfAgrona.heap(bytes);
            case AGRONA_DIRECT -> OfAgrona.direct(bytes);
            case CHRONICLE_HEAP -> OfChronicle.heap(tokens);
            case CHRONICLE_NATIVE -> OfChronicle.direct(tokens);
        };
    }

    /** Whether its library is on the class path, and the JVM lets it reach its memory: else there is nothing to test. */
    boolean isUsable() {
        try {
            allocate(1).close();
            return true;
        } catch (LinkageError notHere) {
            return false;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record OfArray(int[] array, ArrayTokenInput in, ArrayTokenOutput out) implements Memory {
        OfArray(int tokens) {
            this(new int[tokens], new ArrayTokenInput(), new ArrayTokenOutput());
        }

        @Override
        public TokenInput input(int from, int count) {
            return in.wrap(array, from, count);
        }

        @Override
        public TokenOutput output(int from, int count) {
            return out.wrap(array, from, count);
        }

        @Override
        public int token(int index) {
            return array[index];
        }

        @Override
        public void setToken(int index, int token) {
            array[index] = token;
        }
    }

    private record OfAgrona(MutableDirectBuffer buffer, AgronaTokenInput in, AgronaTokenOutput out) implements Memory {
        OfAgrona(MutableDirectBuffer buffer) {
            this(buffer, new AgronaTokenInput(), new AgronaTokenOutput());
        }

        static Memory heap(int bytes) {
            return new OfAgrona(new UnsafeBuffer(new byte[bytes]));
        }

        static Memory direct(int bytes) {
            return new OfAgrona(new UnsafeBuffer(ByteBuffer.allocateDirect(bytes)));
        }

        @Override
        public TokenInput input(int from, int count) {
            return in.wrap(buffer, from * Integer.BYTES, count);
        }

        @Override
        public TokenOutput output(int from, int count) {
            return out.wrap(buffer, from * Integer.BYTES, count);
        }

        @Override
        public int token(int index) {
            return buffer.getInt(index * Integer.BYTES, ByteOrder.LITTLE_ENDIAN);
        }

        @Override
        public void setToken(int index, int token) {
            buffer.putInt(index * Integer.BYTES, token, ByteOrder.LITTLE_ENDIAN);
        }
    }

    private record OfChronicle(Bytes<?> bytes, ChronicleTokenInput in, ChronicleTokenOutput out) implements Memory {
        OfChronicle(Bytes<?> bytes, int tokens) {
            this(bytes, new ChronicleTokenInput(), new ChronicleTokenOutput());
            bytes.writePosition(tokens * (long) Integer.BYTES);
        }

        static Memory heap(int tokens) {
            return new OfChronicle(Bytes.wrapForWrite(new byte[tokens * Integer.BYTES]), tokens);
        }

        static Memory direct(int tokens) {
            return new OfChronicle(Bytes.allocateDirect(tokens * (long) Integer.BYTES), tokens);
        }

        @Override
        public TokenInput input(int from, int count) {
            return in.wrap(bytes, from * (long) Integer.BYTES, count);
        }

        @Override
        public TokenOutput output(int from, int count) {
            return out.wrap(bytes, from * (long) Integer.BYTES, count);
        }

        @Override
        public int token(int index) {
            return littleEndian(bytes.readInt(index * (long) Integer.BYTES));
        }

        @Override
        public void setToken(int index, int token) {
            bytes.writeInt(index * (long) Integer.BYTES, littleEndian(token));
        }

        private static int littleEndian(int token) {
            return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? token : Integer.reverseBytes(token);
        }

        @Override
        public void close() {
            bytes.releaseLast();
        }
    }
}
