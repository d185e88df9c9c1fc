package io.tokenlz.conformance;

import io.tokenlz.core.AgronaByteInput;
import io.tokenlz.core.AgronaByteOutput;
import io.tokenlz.core.BufferByteInput;
import io.tokenlz.core.BufferByteOutput;
import io.tokenlz.core.ByteInput;
import io.tokenlz.core.ByteOutput;
import io.tokenlz.core.ChronicleByteInput;
import io.tokenlz.core.ChronicleByteOutput;
import java.nio.ByteBuffer;
import net.openhft.chronicle.bytes.Bytes;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The kinds of memory that bytes may lie in, each with one for the tokens on the other side. */
enum ByteMemoryKind {
    HEAP_BUFFER(MemoryKind.ARRAY),
    DIRECT_BUFFER(MemoryKind.ARRAY),
    AGRONA_HEAP(MemoryKind.AGRONA_HEAP),
    AGRONA_DIRECT(MemoryKind.AGRONA_DIRECT),
    CHRONICLE_HEAP(MemoryKind.CHRONICLE_HEAP),
    CHRONICLE_NATIVE(MemoryKind.CHRONICLE_NATIVE);

    final MemoryKind tokens;

    ByteMemoryKind(MemoryKind tokens) {
        this.tokens = tokens;
    }

    /** Some memory of one kind. */
    interface Memory extends AutoCloseable {
        ByteInput input(int from, int count);

        ByteOutput output(int from, int count);

        byte get(int index);

        void set(int index, byte value);

        @Override
        default void close() {}
    }

    // names no class of a library itself, or this class could not be linked without it
    Memory allocate(int bytes) {
        return switch (this) {
            case HEAP_BUFFER -> new OfBuffer(ByteBuffer.allocate(bytes));
            case DIRECT_BUFFER -> new OfBuffer(ByteBuffer.allocateDirect(bytes));
            case AGRONA_HEAP -> OfAgrona.heap(bytes);
            case AGRONA_DIRECT -> OfAgrona.direct(bytes);
            case CHRONICLE_HEAP -> OfChronicle.heap(bytes);
            case CHRONICLE_NATIVE -> OfChronicle.direct(bytes);
        };
    }

    /** Whether its library is on the class path, and the JVM lets it reach its memory: else there is nothing to test. */
    boolean isUsable() {
        try {
            allocate(1).close();
            return tokens.isUsable();
        } catch (LinkageError notHere) {
            return false;
        }
    }

    private record OfBuffer(ByteBuffer buffer) implements Memory {
        @Override
        public ByteInput input(int from, int count) {
            return new BufferByteInput().wrap(buffer.duplicate().position(from).limit(from + count));
        }

        @Override
        public ByteOutput output(int from, int count) {
            return new BufferByteOutput().wrap(buffer.duplicate().position(from).limit(from + count));
        }

        @Override
        public byte get(int index) {
            return buffer.get(index);
        }

        @Override
        public void set(int index, byte value) {
            buffer.put(index, value);
        }
    }

    private record OfAgrona(MutableDirectBuffer buffer) implements Memory {
        static Memory heap(int bytes) {
            return new OfAgrona(new UnsafeBuffer(new byte[bytes]));
        }

        static Memory direct(int bytes) {
            return new OfAgrona(new UnsafeBuffer(ByteBuffer.allocateDirect(bytes)));
        }

        @Override
        public ByteInput input(int from, int count) {
            return new AgronaByteInput().wrap(buffer, from, count);
        }

        @Override
        public ByteOutput output(int from, int count) {
            return new AgronaByteOutput().wrap(buffer, from, count);
        }

        @Override
        public byte get(int index) {
            return buffer.getByte(index);
        }

        @Override
        public void set(int index, byte value) {
            buffer.putByte(index, value);
        }
    }

    private record OfChronicle(Bytes<?> bytes) implements Memory {
        OfChronicle(Bytes<?> bytes, int size) {
            this(bytes);
            bytes.writePosition(size);
        }

        static Memory heap(int bytes) {
            return new OfChronicle(Bytes.wrapForWrite(new byte[bytes]), bytes);
        }

        static Memory direct(int bytes) {
            return new OfChronicle(Bytes.allocateDirect(bytes), bytes);
        }

        @Override
        public ByteInput input(int from, int count) {
            return new ChronicleByteInput().wrap(bytes, from, count);
        }

        @Override
        public ByteOutput output(int from, int count) {
            return new ChronicleByteOutput().wrap(bytes, from, count);
        }

        @Override
        public byte get(int index) {
            return bytes.readByte(index);
        }

        @Override
        public void set(int index, byte value) {
            bytes.writeByte(index, value);
        }

        @Override
        public void close() {
            bytes.releaseLast();
        }
    }
}
