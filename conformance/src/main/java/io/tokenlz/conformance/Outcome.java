package io.tokenlz.conformance;

/** What became of a job that a program was asked (PROTOCOL.md, "The check"). */
enum Outcome {
    PASSED,
    FAILED,
    REFUSED,
    CRASHED,
    HUNG
}
