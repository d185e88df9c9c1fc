package io.tokenlz.hypertokens.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * All kernels at small sizes, from one thread: for {@code lzw-hypertokens/oclgrind}, which runs this test in a simulator that checks
 * each access to memory. Milliseconds on anything else.
 */
class KernelCheckTest {
    private static final int ENTRIES = 3;
    private static final int[] SUBTOKENS = {3, 5, 0, 7, 7, 7, 9, 0, 0};

    private final LaunchListener listener = new LaunchListener() {
        @Override
        public void done(long launch) {}

        @Override
        public void failed(long launch, Throwable cause) {
            throw new AssertionError(cause);
        }
    };

    @ParameterizedTest
    @EnumSource
    void asOnACpu(EncoderKind kind) {
        for (ElementType type : ElementType.values()) {
            check(kind, type, OpenClDevices.backend());
        }
    }

    /** One that has all kernels: groups of 256 work-items take the simulator long. */
    @Test
    void asOnAGpu() {
        check(EncoderKind.RES_LATENT_ATTN, ElementType.F16, OpenClDevices.asGpu());
    }

    private void check(EncoderKind kind, ElementType type, EmbeddingBackend backend) {
        EncoderConfig config = EncoderConfig.builder(kind, 18, 3)
                .modelSize(kind == EncoderKind.RES_LATENT_ATTN ? 21 : 18)
                .heads(2)
                .intermediateSize(20)
                .positions(true)
                .causal(true)
                .build();
        HyperEncoder encoder = RandomEncoders.of(config, 10, 0, 1).as(type);
        float[] wanted = rows(encoder, type, new ReferenceBackend());
        float[] rows = rows(encoder, type, backend);
        float largest = 0;
        float error = 0;
        for (int i = 0; i < rows.length; i++) {
            largest = Math.max(largest, Math.abs(wanted[i]));
            error = Math.max(error, Math.abs(rows[i] - wanted[i]));
        }
        // where the two round to neighbours, a step
        float step = type == ElementType.F32 ? 1e-5f : type == ElementType.F16 ? 0x1p-10f : 0x1p-7f;
        assertThat(error).isLessThanOrEqualTo(step * largest);
    }

    private float[] rows(HyperEncoder encoder, ElementType type, EmbeddingBackend backend) {
        int size = encoder.config().modelSize();
        TableLayout layout = new TableLayout(2, ENTRIES, size, 3, type, ENTRIES);
        float[] rows = new float[ENTRIES * size];
        try (DeviceTable table = backend.open(layout, List.of(encoder), listener)) {
            table.encode(new int[] {0, 2, 1}, SUBTOKENS, 0, ENTRIES, 1);
            table.copy(0, ENTRIES, ENTRIES, 2);
            table.read(0, ENTRIES, ENTRIES, rows, 0);
        }
        return rows;
    }
}
