/**
 * Hypertokens: LZW over token IDs, bit-exact with zip2zip models (EPFL, NeurIPS 2025), whose codebook grows while the
 * stream flows.
 *
 * <p>What may come in: the codec, its configuration, its codebook, and the machines for both replay rules. The rules
 * are in {@code lzw-hypertokens/docs/HYPERTOKENS.md}.
 */
@NullMarked
package io.tokenlz.hypertokens;

import org.jspecify.annotations.NullMarked;
