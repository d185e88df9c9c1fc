/**
 * The {@code tokenlz} command line.
 *
 * <p>What may come in: one class for each subcommand, and what they share. Data goes to standard output, everything else to
 * standard error. Exit statuses: 0 done, 1 a round trip failed, 2 a bad flag or file.
 */
@NullMarked
package io.tokenlz.cli;

import org.jspecify.annotations.NullMarked;
