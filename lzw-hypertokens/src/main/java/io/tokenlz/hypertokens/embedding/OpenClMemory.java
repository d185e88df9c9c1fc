package io.tokenlz.hypertokens.embedding;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All that a table has on its device: whatever fails, and whenever, it is released here. */
final class OpenClMemory implements AutoCloseable {
    private static final int PIECE = 1 << 20;

    private final OpenClDriver driver;
    private final List<Long> buffers = new ArrayList<>();
    private final List<Long> kernels = new ArrayList<>();

    /** Tensors are equal only to themselves: base rows of both sides are often the same. */
    private final Map<Tensor, Long> uploaded = new HashMap<>();

    /** What is read and uploaded goes through here. */
    private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);

    OpenClMemory(OpenClDriver driver) {
        this.driver = driver;
    }

    OpenClDriver driver() {
        return driver;
    }

    /** Memory that holds zeros: drivers that allocate late do it now, and a failure is told when the table is opened. */
    long buffer(long bytes) {
        long buffer = driver.createBuffer(bytes);
        buffers.add(buffer);
        driver.clear(buffer, bytes);
        return buffer;
    }

    long floats(long count) {
        return buffer(count * Float.BYTES);
    }

    /** The numbers of a tensor as they are held, once. */
    long upload(Tensor tensor) {
        Long known = uploaded.get(tensor);
        if (known != null) {
            return known;
        }
        int bytes = tensor.type().bytes();
        long buffer = driver.createBuffer((long) tensor.elements() * bytes);
        buffers.add(buffer);
        int most = PIECE / bytes;
        for (int first = 0; first < tensor.elements(); ) {
            int count = Math.min(most, tensor.elements() - first);
            tensor.writeTo(first, count, piece.clear());
            driver.write(buffer, (long) first * bytes, piece.flip());
            driver.finish(); // before the piece is filled again
            first += count;
        }
        uploaded.put(tensor, buffer);
        return buffer;
    }

    /** The same for one that kernels take as F32: a small one. */
    long uploadFloats(Tensor tensor) {
        return upload(tensor.as(ElementType.F32));
    }

    /** Nothing is uploaded any more: the host's tensors are let go. */
    void forgetUploads() {
        uploaded.clear();
    }

    long kernel(ElementType weights, String name) {
        long kernel = driver.createKernel(weights, name);
        kernels.add(kernel);
        return kernel;
    }

    /** Reads numbers of a type. */
    void read(long buffer, long first, int count, ElementType type, float[] target, int offset) {
        int most = PIECE / type.bytes();
        for (int done = 0; done < count; ) {
            int some = Math.min(most, count - done);
            driver.read(buffer, (first + done) * type.bytes(), piece.clear().limit(some * type.bytes()));
            type.read(piece, some, target, offset + done);
            done += some;
        }
    }

    /** Kernels first: they hold on to buffers. */
    @Override
    public void close() {
        try {
            driver.finish();
        } catch (OpenClException lost) {
            // what a device that is lost had is released all the same
        }
        kernels.forEach(driver::releaseKernel);
        buffers.forEach(driver::releaseBuffer);
        kernels.clear();
        buffers.clear();
        driver.close();
    }
}
