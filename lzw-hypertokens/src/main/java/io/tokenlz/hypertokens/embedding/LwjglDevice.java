package io.tokenlz.hypertokens.embedding;

import static org.lwjgl.opencl.CL12.*;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.lwjgl.PointerBuffer;
import org.lwjgl.system.Configuration;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.MemoryUtil;
import org.lwjgl.system.Platform;

/**
 * A device of those that OpenCL has.
 *
 * @param platform whose it is
 * @param id its own
 * @param name what it and its platform are called
 * @param type bits of CL_DEVICE_TYPE
 */
record LwjglDevice(long platform, long id, String name, long type) {
    /** Names a device by a part of its own or its platform's name. */
    static final String PROPERTY = "tokenlz.opencl.device";

    private static volatile int zero;

    boolean isCpu() {
        return (type & CL_DEVICE_TYPE_CPU) != 0;
    }

    /** The first one that has the name asked for, a GPU before a CPU. */
    static LwjglDevice choose() {
        if (Platform.get() == Platform.LINUX && Configuration.OPENCL_LIBRARY_NAME.get() == null) {
            Configuration.OPENCL_LIBRARY_NAME.set(
                    "libOpenCL.so.1"); // the other name comes with developers' packages only
        }
        String wanted = System.getProperty(PROPERTY, "").toLowerCase(Locale.ROOT);
        List<LwjglDevice> all = all();
        @Nullable LwjglDevice best = null;
        for (LwjglDevice device : all) {
            boolean fits = device.name.toLowerCase(Locale.ROOT).contains(wanted);
            if (fits && (best == null || (best.isCpu() && !device.isCpu()))) {
                best = device;
            }
        }
        if (best == null) {
            throw new OpenClException("no OpenCL device" + (all.isEmpty() ? "" : " " + wanted + " among " + all), null);
        }
        requireDivisionsByZero(best);
        return best;
    }

    /** PoCL takes the signal by which the JVM learns of a division by zero, which then has some result. */
    @SuppressWarnings("UnusedVariable")
    private static void requireDivisionsByZero(LwjglDevice device) {
        try {
            int result = 1 / zero;
        } catch (ArithmeticException expected) {
            return;
        }
        throw new OpenClException(
                device.name
                        + " took the JVM's handler of SIGFPE: no division by zero is noticed in this process any more;"
                        + " start it with POCL_SIGFPE_HANDLER=0 or LD_PRELOAD=$JAVA_HOME/lib/libjsig.so in its environment",
                null);
    }

    private static List<LwjglDevice> all() {
        List<LwjglDevice> devices = new ArrayList<>();
        try (MemoryStack stack = MemoryStack.stackPush()) {
            IntBuffer count = stack.mallocInt(1);
            int status = clGetPlatformIDs(null, count);
            if (status != CL_SUCCESS || count.get(0) == 0) {
                return devices; // without a driver that is an error
            }
            PointerBuffer platforms = stack.mallocPointer(count.get(0));
            clGetPlatformIDs(platforms, (IntBuffer) null);
            for (int i = 0; i < platforms.capacity(); i++) {
                addDevices(platforms.get(i), devices);
            }
        }
        return devices;
    }

    private static void addDevices(long platform, List<LwjglDevice> devices) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            IntBuffer count = stack.mallocInt(1);
            int status = clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, null, count);
            if (status != CL_SUCCESS || count.get(0) == 0) {
                return; // a platform without devices answers with an error
            }
            PointerBuffer ids = stack.mallocPointer(count.get(0));
            clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, ids, (IntBuffer) null);
            for (int i = 0; i < ids.capacity(); i++) {
                LongBuffer type = stack.mallocLong(1);
                clGetDeviceInfo(ids.get(i), CL_DEVICE_TYPE, type, null);
                devices.add(new LwjglDevice(platform, ids.get(i), name(platform, ids.get(i)), type.get(0)));
            }
        }
    }

    private static String name(long platform, long device) {
        ByteBuffer text = MemoryUtil.memCalloc(1024);
        try {
            clGetDeviceInfo(device, CL_DEVICE_NAME, text, null);
            String name = MemoryUtil.memUTF8(MemoryUtil.memAddress(text));
            clGetPlatformInfo(platform, CL_PLATFORM_NAME, text, null);
            return name + " (" + MemoryUtil.memUTF8(MemoryUtil.memAddress(text)) + ")";
        } finally {
            MemoryUtil.memFree(text);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
