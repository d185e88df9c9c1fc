package io.tokenlz.hypertokens.embedding;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

/** Tests with a device: skipped where there is none, unless one must be there. */
final class OpenClDevices {
    /** Set where a device must be there: on CI. */
    private static final String REQUIRED = "TOKENLZ_OPENCL_REQUIRED";

    private OpenClDevices() {}

    static void require() {
        try {
            OpenClBackend.openLwjgl(options(ElementType.F32)).close();
        } catch (OpenClException missing) {
            if (System.getenv(REQUIRED) != null) {
                fail("no OpenCL device, but " + REQUIRED + " is set", missing);
            }
            abort("skipped: no OpenCL device: " + missing.getMessage());
        }
    }

    static String options(ElementType rows) {
        return "-cl-std=CL1.2 -D MOST_SLOTS=8 -D ROW_" + rows;
    }

    /** Without a device, an aborted test. */
    static EmbeddingBackend backend() {
        require();
        return EmbeddingBackend.named("opencl");
    }

    /** The same device with what a GPU is given: groups, barriers, one number a work-item. */
    static EmbeddingBackend asGpu() {
        require();
        return new OpenClBackend(options -> new ForwardingDriver(OpenClBackend.openLwjgl(options)) {
            @Override
            public boolean isCpu() {
                return false;
            }
        });
    }
}
