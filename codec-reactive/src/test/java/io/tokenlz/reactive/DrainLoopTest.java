package io.tokenlz.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Signals that come just when a loop ends. Another thread would have to hit a window of nanoseconds; a signal from inside of a step is
 * the same to the loop, and hits it always.
 */
@Timeout(60)
class DrainLoopTest {
    /** A loop that counts its steps; what it does in each is a test's. */
    private abstract static class CountedLoop extends DrainLoop {
        int steps;
        int released;
        int drops;
        int cancellations;

        /** Takes a step; whether there is more to do. */
        abstract boolean take();

        @Override
        boolean advance() {
            steps++;
            return take();
        }

        @Override
        void release() {
            released++;
        }

        @Override
        void dropLate() {
            drops++;
        }

        @Override
        void cancelUpstream() {
            cancellations++;
        }
    }

    /** The first step finds nothing to do; before the loop knows, there is something. */
    @Test
    void aSignalThatComesWhileTheLoopEndsIsAnswered() {
        CountedLoop loop = new CountedLoop() {
            @Override
            boolean take() {
                if (steps == 1) {
                    request(1);
                }
                return false;
            }
        };
        loop.drain();
        assertThat(loop.steps).isEqualTo(2);
        assertThat(loop.requested()).isEqualTo(1);
        loop.drain();
        assertThat(loop.steps).as("the loop has ended, and begins again").isEqualTo(3);
    }

    /** The same each time the loop is about to end, so that it never does before the last signal. */
    @Test
    void signalsThatKeepComingAreAllAnswered() {
        int signals = 100_000;
        CountedLoop loop = new CountedLoop() {
            @Override
            boolean take() {
                if (steps <= signals) {
                    drainChunk();
                }
                return false;
            }
        };
        loop.drain();
        assertThat(loop.steps).isEqualTo(signals + 1);
        assertThat(loop.isPushed()).as("no chunk began a loop").isFalse();
        loop.drainChunk();
        assertThat(loop.steps).isEqualTo(signals + 2);
        assertThat(loop.isPushed()).isTrue();
    }

    /** Steps that never find the end, with signals among them: the loop takes their count down on the way, and forgets none. */
    @Test
    void signalsInALongRunAreNotForgotten() {
        int run = 50_000;
        CountedLoop loop = new CountedLoop() {
            @Override
            boolean take() {
                if (steps < run) {
                    drain();
                }
                return steps < run;
            }
        };
        loop.drain();
        int first = loop.steps;
        assertThat(first).isGreaterThan(run);
        loop.drain();
        assertThat(loop.steps).isGreaterThan(first);
    }

    @Test
    void cancellationThatComesWhileTheLoopEndsReleasesOnce() {
        CountedLoop loop = new CountedLoop() {
            @Override
            boolean take() {
                cancel();
                cancel();
                return false;
            }
        };
        loop.drain();
        assertThat(loop.steps).isEqualTo(1);
        assertThat(loop.released).isEqualTo(1);
        assertThat(loop.cancellations).isEqualTo(1);
        assertThat(loop.isTerminated()).isTrue();
        int drops = loop.drops;
        loop.drainChunk();
        assertThat(loop.drops).as("what comes late is let go of").isEqualTo(drops + 1);
        assertThat(loop.released).isEqualTo(1);
    }
}
