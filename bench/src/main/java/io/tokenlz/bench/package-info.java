/**
 * The workbench: real text, tokenizers, and how a codec is measured on tokens.
 *
 * <p>What may come in: what the command line and the benchmarks share. No user interface.
 */
@NullMarked
package io.tokenlz.bench;

import org.jspecify.annotations.NullMarked;
