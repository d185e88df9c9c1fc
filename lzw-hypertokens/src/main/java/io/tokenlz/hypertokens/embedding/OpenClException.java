package io.tokenlz.hypertokens.embedding;

import org.jspecify.annotations.Nullable;

/** OpenCL refused something, or is not there. */
final class OpenClException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OpenClException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Of a status that is no success. */
    static OpenClException of(String what, int status) {
        return new OpenClException(what + " failed: " + name(status) + " (" + status + ")", null);
    }

    private static String name(int status) {
        return switch (status) {
            case -1 -> "CL_DEVICE_NOT_FOUND";
            case -2 -> "CL_DEVICE_NOT_AVAILABLE";
            case -4 -> "CL_MEM_OBJECT_ALLOCATION_FAILURE";
            case -5 -> "CL_OUT_OF_RESOURCES";
            case -6 -> "CL_OUT_OF_HOST_MEMORY";
            case -11 -> "CL_BUILD_PROGRAM_FAILURE";
            case -14 -> "CL_EXEC_STATUS_ERROR_FOR_EVENTS_IN_WAIT_LIST";
            case -30 -> "CL_INVALID_VALUE";
            case -36 -> "CL_INVALID_COMMAND_QUEUE";
            case -46 -> "CL_INVALID_KERNEL_NAME";
            case -52 -> "CL_INVALID_KERNEL_ARGS";
            case -54 -> "CL_INVALID_WORK_GROUP_SIZE";
            case -61 -> "CL_INVALID_BUFFER_SIZE";
            case -1001 -> "CL_PLATFORM_NOT_FOUND_KHR";
            default -> "OpenCL error";
        };
    }
}
