package io.tokenlz.hypertokens.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows against what PyTorch computed in double (EMBEDDING.md, section 7). */
class EncoderVectorTest {
    static List<EncoderVector> vectors() throws IOException {
        return EncoderVector.all();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void rowsAreThoseOfTheVector(EncoderVector vector) {
        assertThat(error(vector, vector.encoder(), ElementType.F32)).isLessThan(1e-6);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aModelOf16BitsIsWithinItsBound(EncoderVector vector) {
        assertThat(error(vector, vector.encoder().as(ElementType.F16), ElementType.F16))
                .isLessThan(2e-3);
        assertThat(error(vector, vector.encoder().as(ElementType.BF16), ElementType.BF16))
                .isLessThan(2e-2);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void aDeviceIsWithinTheBounds(EncoderVector vector) {
        for (EmbeddingBackend device : List.of(OpenClDevices.backend(), OpenClDevices.asGpu())) {
            assertThat(error(vector, vector.encoder(), ElementType.F32, device)).isLessThan(1e-5);
            assertThat(error(vector, vector.encoder().as(ElementType.F16), ElementType.F16, device))
                    .isLessThan(2e-3);
            assertThat(error(vector, vector.encoder().as(ElementType.BF16), ElementType.BF16, device))
                    .isLessThan(2e-2);
        }
    }

    private static double error(EncoderVector vector, HyperEncoder encoder, ElementType type) {
        return error(vector, encoder, type, new ReferenceBackend());
    }

    private static double error(
            EncoderVector vector, HyperEncoder encoder, ElementType type, EmbeddingBackend backend) {
        int entries = vector.subtokens().length;
        int size = encoder.config().modelSize();
        float[] rows = new float[entries * size];
        try (EmbeddingTable table = EmbeddingTable.builder(encoder)
                .codebookSize(entries)
                .elementType(type)
                .backend(backend)
                .open()) {
            int[] slots = IntStream.range(0, entries).toArray();
            table.submit(new int[entries], slots, vector.flatSubtokens(), 0, entries);
            table.read(TableSide.INPUT, 0, 0, entries, rows, 0);
        }
        return vector.largestError(rows);
    }

    @Test
    void meanIsOfThoseThatAreNoPads() {
        Tensor rows = Tensor.of(new float[] {9, 9, 1, 2, 3, 6, 5, 5}, 4, 2);
        try (EmbeddingTable table =
                EmbeddingTable.builder(HyperEncoder.mean(rows, 0, 3)).open()) {
            table.submit(new int[2], new int[] {0, 1}, new int[] {1, 2, 0, 1, 2, 3}, 0, 2);
            float[] read = new float[4];
            table.read(TableSide.OUTPUT, 0, 0, 2, read, 0);
            assertThat(read).containsExactly(2, 4, 3, 13 / 3f);
        }
    }
}
