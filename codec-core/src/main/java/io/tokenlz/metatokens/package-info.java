/**
 * The meta-token codec: repeated runs of a prompt are defined once and replaced by single meta-tokens, so that a model
 * fine-tuned for it reads a shorter sequence (LTSC, "Lossless Token Sequence Compression via Meta-Tokens", 2025).
 *
 * <p>What may come in: the codec, its configuration, the searches that find what to replace, and the decoder. The rules
 * of the sequence itself are in {@code codec-core/docs/META-TOKENS.md}.
 */
@NullMarked
package io.tokenlz.metatokens;

import org.jspecify.annotations.NullMarked;
