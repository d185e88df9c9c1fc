package io.tokenlz.hypertokens.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenlz.hypertokens.HypertokenBatch;
import io.tokenlz.hypertokens.HypertokenConfig;
import io.tokenlz.hypertokens.ReplayRule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Batches of streams and a table in line with them, after every step. */
class ServingLoopTest {
    private static final int STREAMS = 64;
    private static final int PROMPT = 512;
    private static final int STEPS = 200;
    private static final HyperEncoder ENCODER = RandomEncoders.resLatent(1);
    private static final HyperEncoder OUTPUT = RandomEncoders.resLatent(2);

    private static EmbeddingTableBuilder builder(HyperEncoder... encoders) {
        return new EmbeddingTableBuilder(List.of(encoders)).codebookSize(ServingLoop.CODEBOOK);
    }

    @ParameterizedTest
    @EnumSource
    void everyRowIsItsEntrysAfterEveryStep(ReplayRule rule) {
        everyRowIsItsEntrys(rule, new ReferenceBackend(), 0);
    }

    @ParameterizedTest
    @EnumSource
    void everyRowIsItsEntrysOnADevice(ReplayRule rule) {
        everyRowIsItsEntrys(rule, OpenClDevices.backend(), 1e-5);
    }

    private static void everyRowIsItsEntrys(ReplayRule rule, EmbeddingBackend backend, double bound) {
        try (EmbeddingTable table = builder(ENCODER)
                .streams(STREAMS)
                .ringEntries(1000)
                .backend(backend)
                .open()) {
            ServingLoop loop = new ServingLoop(List.of(ENCODER), rule, STREAMS, table, bound);
            loop.prompts(PROMPT);
            loop.compareAll();
            for (int step = 0; step < STEPS; step++) {
                loop.step();
                loop.compareAll();
            }
        }
    }

    @Test
    void bothSidesOfAnUntiedModel() {
        try (EmbeddingTable table =
                builder(ENCODER, OUTPUT).streams(8).ringEntries(50).open()) {
            ServingLoop loop = new ServingLoop(List.of(ENCODER, OUTPUT), ReplayRule.BASE, 8, table);
            loop.prompts(100);
            for (int step = 0; step < STEPS; step++) {
                loop.step();
                loop.compareAll();
            }
        }
    }

    @Test
    void tableIsRebuiltFromTheCodebooksAfterAFailure() {
        FaultyDevice device = new FaultyDevice();
        device.failingLaunch = 60;
        try (EmbeddingTable failing = builder(ENCODER)
                        .streams(8)
                        .backend(new ReferenceBackend(device))
                        .open();
                EmbeddingTable other = builder(ENCODER).streams(8).open()) {
            ServingLoop loop = new ServingLoop(List.of(ENCODER), ReplayRule.EMITTED, 8, failing);
            assertThatThrownBy(() -> {
                        loop.prompts(50);
                        for (int step = 0; step < STEPS; step++) {
                            loop.step();
                        }
                    })
                    .isInstanceOf(EmbeddingTableFailedException.class);
            loop.rebuild(other);
            loop.compareAll();
            for (int step = 0; step < 50; step++) {
                loop.step();
                loop.compareAll();
            }
        }
    }

    @Test
    void tableMustFitTheBatch() {
        HypertokenConfig.Builder config =
                HypertokenConfig.builder(100, ReplayRule.BASE).codebookSize(400);
        try (EmbeddingTable table = builder(ENCODER).streams(2).open()) {
            assertRefused(new HypertokenBatch(config.maxSubtokens(3).padId(0).build(), 3), table, "streams");
            assertRefused(new HypertokenBatch(config.padId(1).build(), 2), table, "padId");
            assertRefused(new HypertokenBatch(config.maxSubtokens(4).padId(0).build(), 2), table, "maxSubtokens");
            assertRefused(new HypertokenBatch(config.codebookSize(401).build(), 2), table, "codebookSize");
            HypertokenBatch batch =
                    new HypertokenBatch(config.codebookSize(400).maxSubtokens(3).build(), 2);
            EmbeddingHook hook = new EmbeddingHook(batch, table);
            assertThatIllegalArgumentException().isThrownBy(() -> hook.fork(1, 1));
            assertThat(hook.update()).isZero();
        }
    }

    private static void assertRefused(HypertokenBatch batch, EmbeddingTable table, String what) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EmbeddingHook(batch, table))
                .withMessageContaining("table has " + what);
    }
}
