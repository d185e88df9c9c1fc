package io.tokenlz.hypertokens.embedding;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * A safetensors file: weights by name. Needs jackson-core, an optional dependency.
 *
 * <p>The file is not trusted. When it is opened, every length and offset in it is checked against the file's size, and data must
 * be without holes and overlaps; a header may have 16 MiB. A tensor is read when it is asked for, and takes no more memory than
 * its bytes in the file. Not thread-safe.
 */
public final class SafetensorsFile implements AutoCloseable {
    private static final int MOST_HEADER_BYTES = 1 << 24;
    private static final int BUFFER_BYTES = 1 << 16;

    private final SeekableByteChannel channel;
    private final Map<String, TensorEntry> entries;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    private SafetensorsFile(SeekableByteChannel channel) throws IOException {
        this.channel = channel;
        long size = channel.size();
        ByteBuffer length = read(0, buffer.limit((int) Math.min(SafetensorsHeader.LENGTH_BYTES, size)));
        if (size < SafetensorsHeader.LENGTH_BYTES) {
            throw new MalformedTensorFileException(size, "8 bytes with the header's length", "the end of the file");
        }
        long headerBytes = length.getLong(0);
        long most = Math.min(MOST_HEADER_BYTES, size - SafetensorsHeader.LENGTH_BYTES);
        if (headerBytes < 0 || headerBytes > most) {
            throw new MalformedTensorFileException(
                    0, "a header of at most " + most + " bytes", Long.toUnsignedString(headerBytes));
        }
        ByteBuffer header = read(SafetensorsHeader.LENGTH_BYTES, ByteBuffer.allocate((int) headerBytes));
        entries = SafetensorsHeader.read(header.array(), size);
    }

    /**
     * Opens a file and checks its header.
     *
     * @param file a {@code .safetensors} file
     * @return the file, for the caller to close
     * @throws IOException if it can't be read
     * @throws MalformedTensorFileException if it breaks the format's rules
     */
    public static SafetensorsFile open(Path file) throws IOException {
        return open(Files.newByteChannel(file));
    }

    /** Takes a file over that is open already. */
    static SafetensorsFile open(SeekableByteChannel channel) throws IOException {
        try {
            return new SafetensorsFile(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * What tensors there are.
     *
     * @return names, in the order of their data; unmodifiable
     */
    public Set<String> names() {
        return Collections.unmodifiableSet(entries.keySet());
    }

    /**
     * Reads a tensor.
     *
     * @param name its name
     * @return the tensor, independent of the file
     * @throws IOException if it can't be read
     * @throws MalformedTensorFileException if there is none of that name, it is neither F32, F16 nor BF16, or has 2³¹ elements
     *     or more
     */
    public Tensor tensor(String name) throws IOException {
        TensorEntry entry = entry(name);
        // beside a size of 0 there may be any other
        if (entry.elements() > Integer.MAX_VALUE || entry.shape().stream().anyMatch(size -> size > Integer.MAX_VALUE)) {
            throw entry.refused(
                    "fewer than 2^31 elements of " + name, entry.shape().toString());
        }
        int[] shape = entry.shape().stream().mapToInt(Math::toIntExact).toArray();
        return switch (entry.type()) {
            case "F32" -> Tensor.of(floats(entry), shape);
            case "F16" -> Tensor.ofBits(ElementType.F16, halves(entry), shape);
            case "BF16" -> Tensor.ofBits(ElementType.BF16, halves(entry), shape);
            default -> throw entry.refused("F32, F16 or BF16 for " + name, entry.type());
        };
    }

    /**
     * Reads a tensor whose shape is known.
     *
     * @param name its name
     * @param shape what its shape must be
     * @return the tensor, independent of the file
     * @throws IOException if it can't be read
     * @throws MalformedTensorFileException as {@link #tensor(String)}, and if its shape is another; then nothing is read
     */
    public Tensor tensor(String name, int... shape) throws IOException {
        TensorEntry entry = entry(name);
        if (!entry.shape().equals(Arrays.stream(shape).asLongStream().boxed().toList())) {
            throw entry.refused(
                    "shape " + Arrays.toString(shape) + " of " + name,
                    entry.shape().toString());
        }
        return tensor(name);
    }

    /** What to throw for a tensor that should not be there. */
    MalformedTensorFileException unexpected(String name, String expected) {
        return entry(name).refused(expected, name);
    }

    private TensorEntry entry(String name) {
        TensorEntry entry = entries.get(name);
        if (entry == null) {
            throw new MalformedTensorFileException(
                    SafetensorsHeader.LENGTH_BYTES, "a tensor " + name, "none among " + entries.size());
        }
        return entry;
    }

    private float[] floats(TensorEntry entry) throws IOException {
        float[] numbers = new float[(int) entry.elements()];
        for (int at = 0; at < numbers.length; ) {
            ByteBuffer piece = piece(entry, (long) at * Float.BYTES);
            int count = piece.remaining() / Float.BYTES;
            piece.asFloatBuffer().get(numbers, at, count);
            at += count;
        }
        return numbers;
    }

    private short[] halves(TensorEntry entry) throws IOException {
        short[] numbers = new short[(int) entry.elements()];
        for (int at = 0; at < numbers.length; ) {
            ByteBuffer piece = piece(entry, (long) at * Short.BYTES);
            int count = piece.remaining() / Short.BYTES;
            piece.asShortBuffer().get(numbers, at, count);
            at += count;
        }
        return numbers;
    }

    private ByteBuffer piece(TensorEntry entry, long offset) throws IOException {
        long from = entry.begin() + offset;
        return read(from, buffer.clear().limit((int) Math.min(BUFFER_BYTES, entry.end() - from)));
    }

    /** Fills a buffer up to its limit. */
    private ByteBuffer read(long from, ByteBuffer target) throws IOException {
        channel.position(from);
        while (target.hasRemaining()) {
            if (channel.read(target) < 0) {
                throw new MalformedTensorFileException(
                        from + target.position(), target.remaining() + " bytes more", "the end of the file");
            }
        }
        return target.flip();
    }

    /**
     * Closes the file.
     *
     * @throws IOException if that fails
     */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
