package io.tokenlz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DelayedProgressTest {
    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    private long nanoTime = 5;

    private DelayedProgress progress(boolean seen) {
        return new DelayedProgress(
                "encode",
                100,
                " MiB",
                1,
                seen,
                () -> nanoTime,
                new PrintStream(terminal, true, StandardCharsets.UTF_8));
    }

    @Test
    void aBarAppearsOnceWorkHasTakenTwoSeconds() {
        try (DelayedProgress progress = progress(true)) {
            nanoTime += 2_000_000_000L;
            progress.at(40);
            assertThat(terminal.toString(StandardCharsets.UTF_8)).isEmpty();
            nanoTime++;
            progress.at(41);
        }
        assertThat(terminal.toString(StandardCharsets.UTF_8)).contains("encode").contains("/100 MiB");
    }

    @Test
    void nobodyIsShownABarThatNobodySees() {
        try (DelayedProgress progress = progress(false)) {
            nanoTime += 60_000_000_000L;
            progress.at(99);
        }
        assertThat(terminal.toString(StandardCharsets.UTF_8)).isEmpty();
    }
}
