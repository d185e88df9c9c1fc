package io.tokenlz.conformance;

import org.jspecify.annotations.Nullable;

/**
 * What came of a line that a program was sent.
 *
 * @param outcome {@link Outcome#PASSED} if a line came back, else {@link Outcome#CRASHED} or {@link Outcome#HUNG}
 * @param line the line that came back; null if none did
 * @param detail how the program ended, and the last it said on standard error; empty if a line came back
 */
record Reply(Outcome outcome, @Nullable String line, String detail) {
    static Reply of(String line) {
        return new Reply(Outcome.PASSED, line, "");
    }
}
