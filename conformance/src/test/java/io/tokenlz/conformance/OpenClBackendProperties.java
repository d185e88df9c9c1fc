package io.tokenlz.conformance;

import io.tokenlz.hypertokens.embedding.EmbeddingBackend;
import io.tokenlz.hypertokens.embedding.EmbeddingTable;
import io.tokenlz.hypertokens.embedding.EmbeddingTableFailedException;
import io.tokenlz.hypertokens.embedding.HyperEncoder;
import io.tokenlz.hypertokens.embedding.Tensor;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;

/** The backend {@code opencl}, on the device that there is: skipped where there is none, unless one must be there. */
@AddLifecycleHook(OpenClBackendProperties.NeedsDevice.class)
class OpenClBackendProperties extends EmbeddingBackendContract {
    /** Set where a device must be there: on CI. */
    private static final String REQUIRED = "TOKENLZ_OPENCL_REQUIRED";

    @Override
    protected EmbeddingBackend backend() {
        return EmbeddingBackend.named("opencl");
    }

    static class NeedsDevice implements SkipExecutionHook {
        @Override
        public SkipResult shouldBeSkipped(LifecycleContext context) {
            if (System.getenv(REQUIRED) != null) {
                return SkipResult.doNotSkip();
            }
            HyperEncoder encoder = HyperEncoder.mean(Tensor.of(new float[8], 4, 2), 0, 2);
            try {
                EmbeddingTable.builder(encoder)
                        .backend(EmbeddingBackend.named("opencl"))
                        .open()
                        .close();
                return SkipResult.doNotSkip();
            } catch (EmbeddingTableFailedException missing) {
                return SkipResult.skip("no OpenCL device: " + missing.getMessage());
            }
        }
    }
}
