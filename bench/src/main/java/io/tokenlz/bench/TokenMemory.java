package io.tokenlz.bench;

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

/** Kinds of memory that tokens are measured in. */
public enum TokenMemory {
    ARRAY {
        @Override
        Region allocate(int tokens) {
            return new ArrayRegion(new int[tokens]);
        }
    },
    AGRONA_HEAP {
        @Override
        Region allocate(int tokens) {
            return new AgronaRegion(new UnsafeBuffer(new byte[tokens * Integer.BYTES]));
        }
    },
    AGRONA_DIRECT {
        @Override
        Region allocate(int tokens) {
            return new AgronaRegion(new UnsafeBuffer(ByteBuffer.allocateDirect(tokens * Integer.BYTES)));
        }
    },
    CHRONICLE_HEAP {
        @Override
        Region allocate(int tokens) {
            return new ChronicleRegion(Bytes.wrapForWrite(new byte[tokens * Integer.BYTES]), tokens);
        }
    },
    CHRONICLE_NATIVE {
        @Override
        Region allocate(int tokens) {
            return new ChronicleRegion(Bytes.allocateDirect(tokens * (long) Integer.BYTES), tokens);
        }
    };

    /** Room for so many tokens. */
    abstract Region allocate(int tokens);

    /** Some memory, and one window on it for reading and one for writing, which each call moves. Not thread-safe. */
    interface Region extends AutoCloseable {
        TokenInput input(int from, int count);

        TokenOutput output(int from, int count);

        void set(int index, int token);

        @Override
        default void close() {}
    }

    private static final class ArrayRegion implements Region {
        private final int[] array;
        private final ArrayTokenInput input = new ArrayTokenInput();
        private final ArrayTokenOutput output = new ArrayTokenOutput();

        ArrayRegion(int[] array) {
            this.array = array;
        }

        @Override
        public TokenInput input(int from, int count) {
            return input.wrap(array, from, count);
        }

        @Override
        public TokenOutput output(int from, int count) {
            return output.wrap(array, from, count);
        }

        @Override
        public void set(int index, int token) {
            array[index] = token;
        }
    }

    private static final class AgronaRegion implements Region {
        private final MutableDirectBuffer buffer;
        private final AgronaTokenInput input = new AgronaTokenInput();
        private final AgronaTokenOutput output = new AgronaTokenOutput();

        AgronaRegion(MutableDirectBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        public TokenInput input(int from, int count) {
            return input.wrap(buffer, from * Integer.BYTES, count);
        }

        @Override
        public TokenOutput output(int from, int count) {
            return output.wrap(buffer, from * Integer.BYTES, count);
        }

        @Override
        public void set(int index, int token) {
            buffer.putInt(index * Integer.BYTES, token, ByteOrder.LITTLE_ENDIAN);
        }
    }

    private static final class ChronicleRegion implements Region {
        private final Bytes<?> bytes;
        private final ChronicleTokenInput input = new ChronicleTokenInput();
        private final ChronicleTokenOutput output = new ChronicleTokenOutput();

        ChronicleRegion(Bytes<?> bytes, int tokens) {
            this.bytes = bytes;
            bytes.writePosition(tokens * (long) Integer.BYTES);
        }

        @Override
        public TokenInput input(int from, int count) {
            return input.wrap(bytes, from * (long) Integer.BYTES, count);
        }

        @Override
        public TokenOutput output(int from, int count) {
            return output.wrap(bytes, from * (long) Integer.BYTES, count);
        }

        @Override
        public void set(int index, int token) {
            boolean swapped = ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN;
            bytes.writeInt(index * (long) Integer.BYTES, swapped ? Integer.reverseBytes(token) : token);
        }

        @Override
        public void close() {
            bytes.releaseLast();
        }
    }
}
