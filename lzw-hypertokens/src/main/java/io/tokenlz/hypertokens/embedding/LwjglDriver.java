package io.tokenlz.hypertokens.embedding;

import static org.lwjgl.opencl.CL12.*;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.lwjgl.PointerBuffer;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.MemoryUtil;

/** OpenCL by LWJGL. */
final class LwjglDriver implements OpenClDriver {
    private static final String SOURCE = "kernels.cl";

    private final LwjglDevice device;
    private final String options;
    private final Map<ElementType, Long> programs = new EnumMap<>(ElementType.class);
    private final LwjglCompletions completions;
    private long context;
    private long queue;

    /** What came last and signals, until somebody waits for it; 0 if there is none. */
    private long lastEvent;

    /** Memory for what calls take, allocated once: sizes, an event, and zeros. */
    private final PointerBuffer items;

    private final PointerBuffer group;
    private final PointerBuffer event;
    private final IntBuffer status;
    private final ByteBuffer zeros;

    private LwjglDriver(LwjglDevice device, String options) {
        this.device = device;
        this.options = options;
        items = MemoryUtil.memAllocPointer(2);
        group = MemoryUtil.memAllocPointer(2);
        event = MemoryUtil.memAllocPointer(1);
        status = MemoryUtil.memAllocInt(1);
        zeros = MemoryUtil.memCalloc(Integer.BYTES);
        completions = new LwjglCompletions();
    }

    /** Options are what the kernels are built with, but for the weights' type. */
    static OpenClDriver open(String options) {
        LwjglDriver driver = new LwjglDriver(LwjglDevice.choose(), options);
        try {
            driver.start();
            return driver;
        } catch (RuntimeException | Error e) {
            driver.close();
            throw e;
        }
    }

    private void start() {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            PointerBuffer properties = stack.pointers(CL_CONTEXT_PLATFORM, device.platform(), 0);
            context = clCreateContext(properties, device.id(), null, 0, status);
            require("clCreateContext", status.get(0));
        }
        queue = clCreateCommandQueue(context, device.id(), 0, status);
        require("clCreateCommandQueue", status.get(0));
    }

    private static void require(String what, int status) {
        if (status != CL_SUCCESS) {
            throw OpenClException.of(what, status);
        }
    }

    @Override
    public boolean isCpu() {
        return device.isCpu();
    }

    @Override
    public long createBuffer(long bytes) {
        long buffer = clCreateBuffer(context, CL_MEM_READ_WRITE, bytes, status);
        require("clCreateBuffer of " + bytes + " bytes", status.get(0));
        return buffer;
    }

    @Override
    public void releaseBuffer(long buffer) {
        clReleaseMemObject(buffer);
    }

    @Override
    public long createKernel(ElementType weights, String name) {
        long kernel = clCreateKernel(program(weights), name, status);
        require("clCreateKernel of " + name, status.get(0));
        return kernel;
    }

    private long program(ElementType weights) {
        Long known = programs.get(weights);
        if (known != null) {
            return known;
        }
        long program = clCreateProgramWithSource(context, source(), status);
        require("clCreateProgramWithSource", status.get(0));
        programs.put(weights, program);
        int built = clBuildProgram(program, device.id(), options + " -D WEIGHT_" + weights, null, 0);
        if (built != CL_SUCCESS) {
            throw new OpenClException(
                    OpenClException.of("clBuildProgram", built).getMessage() + ": " + log(program), null);
        }
        return program;
    }

    private static String source() {
        try (InputStream in = LwjglDriver.class.getResourceAsStream(SOURCE)) {
            if (in == null) {
                throw new IllegalStateException(SOURCE + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String log(long program) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            PointerBuffer size = stack.mallocPointer(1);
            clGetProgramBuildInfo(program, device.id(), CL_PROGRAM_BUILD_LOG, (ByteBuffer) null, size);
            ByteBuffer log = MemoryUtil.memCalloc(Math.toIntExact(size.get(0)) + 1);
            try {
                clGetProgramBuildInfo(program, device.id(), CL_PROGRAM_BUILD_LOG, log, null);
                return MemoryUtil.memUTF8(MemoryUtil.memAddress(log));
            } finally {
                MemoryUtil.memFree(log);
            }
        }
    }

    @Override
    public void releaseKernel(long kernel) {
        clReleaseKernel(kernel);
    }

    @Override
    public void setBuffer(long kernel, int argument, long buffer) {
        require("clSetKernelArg", clSetKernelArg1p(kernel, argument, buffer));
    }

    @Override
    public void setInt(long kernel, int argument, int value) {
        require("clSetKernelArg", clSetKernelArg1i(kernel, argument, value));
    }

    @Override
    public void clear(long buffer, long bytes) {
        // a pattern's size must divide the filled one's
        ByteBuffer pattern = zeros.clear().limit(bytes % Integer.BYTES == 0 ? Integer.BYTES : Short.BYTES);
        require("clEnqueueFillBuffer", clEnqueueFillBuffer(queue, buffer, pattern, 0, bytes, null, null));
    }

    @Override
    public void write(long buffer, long offset, ByteBuffer source) {
        require("clEnqueueWriteBuffer", clEnqueueWriteBuffer(queue, buffer, false, offset, source, null, null));
    }

    @Override
    public void read(long buffer, long offset, ByteBuffer target) {
        require("clEnqueueReadBuffer", clEnqueueReadBuffer(queue, buffer, true, offset, target, null, null));
    }

    @Override
    public void copy(long buffer, long from, long to, long bytes) {
        releaseLastEvent();
        require("clEnqueueCopyBuffer", clEnqueueCopyBuffer(queue, buffer, buffer, from, to, bytes, null, event));
        lastEvent = event.get(0);
    }

    @Override
    public void run(long kernel, long items0, long items1, long group0, long group1, boolean signals) {
        items.put(0, items0).put(1, items1);
        group.put(0, group0).put(1, group1);
        PointerBuffer signal = signals ? event : null;
        require("clEnqueueNDRangeKernel", clEnqueueNDRangeKernel(queue, kernel, 2, null, items, group, null, signal));
        if (signals) {
            releaseLastEvent();
            lastEvent = event.get(0);
        }
    }

    private void releaseLastEvent() {
        if (lastEvent != 0) {
            clReleaseEvent(lastEvent);
            lastEvent = 0;
        }
    }

    @Override
    public void whenDone(long launch, LaunchListener listener) {
        require("clSetEventCallback", completions.tell(lastEvent, launch, listener));
        require("clFlush", clFlush(queue));
    }

    @Override
    public void finish() {
        require("clFinish", clFinish(queue));
    }

    @Override
    public void close() {
        if (queue != 0) {
            clFinish(queue);
        }
        completions.close();
        releaseLastEvent();
        programs.values().forEach(program -> clReleaseProgram(program));
        if (queue != 0) {
            clReleaseCommandQueue(queue);
        }
        if (context != 0) {
            clReleaseContext(context);
        }
        MemoryUtil.memFree(items);
        MemoryUtil.memFree(group);
        MemoryUtil.memFree(event);
        MemoryUtil.memFree(status);
        MemoryUtil.memFree(zeros);
    }
}
