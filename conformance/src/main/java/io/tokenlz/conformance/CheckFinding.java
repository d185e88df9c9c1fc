package io.tokenlz.conformance;

/**
 * A job that did not pass, made as small as it got.
 *
 * @param outcome what became of it
 * @param reason what is wrong, for people
 * @param job the line that was sent
 * @param answer the line that came, or how the program ended
 * @param number the number of the job that it was made of, from 0
 */
record CheckFinding(Outcome outcome, String reason, String job, String answer, int number) {}
