package io.tokenlz.hypertokens.embedding;

import java.util.List;

/**
 * The backend {@code opencl}: base rows, weights and tables are in the memory of an OpenCL device, and rows are computed there. It
 * needs LWJGL ({@code org.lwjgl:lwjgl}, its natives, and {@code org.lwjgl:lwjgl-opencl}, optional dependencies) and an OpenCL
 * driver. It takes a GPU if there is one; the system property {@code tokenlz.opencl.device} names another device by a part of its
 * own or its platform's name (EMBEDDING.md, section 6). Thread-safe.
 */
public final class OpenClBackend implements EmbeddingBackend {
    /** Opens a device; apart, so that tests can let it fail. */
    interface Devices {
        OpenClDriver open(String options);
    }

    private final Devices devices;

    /** Makes the backend; cheap: LWJGL and the driver are loaded when a table is opened. */
    public OpenClBackend() {
        this(OpenClBackend::openLwjgl);
    }

    OpenClBackend(Devices devices) {
        this.devices = devices;
    }

    static OpenClDriver openLwjgl(String options) {
        try {
            return LwjglDriver.open(options);
        } catch (LinkageError missing) {
            throw new OpenClException(
                    "needs org.lwjgl:lwjgl, its natives and org.lwjgl:lwjgl-opencl on the class path, and an OpenCL driver",
                    missing);
        }
    }

    @Override
    public String name() {
        return "opencl";
    }

    @Override
    public DeviceTable open(TableLayout layout, List<HyperEncoder> encoders, LaunchListener listener) {
        String options = "-cl-std=CL1.2 -D ROW_" + layout.elementType() + " -D MOST_SLOTS=" + layout.maxSubtokens();
        OpenClMemory memory = new OpenClMemory(devices.open(options));
        try {
            return new OpenClTable(layout, encoders, listener, memory);
        } catch (RuntimeException | Error e) {
            memory.close();
            throw e;
        }
    }
}
