/**
 * Hypertokens: LZW over token IDs, bit-exact with zip2zip models (EPFL, NeurIPS 2025), whose codebook grows while the
 * stream flows.
 *
 * <p>What may come in: the codec, its configuration, its codebook, the machines for both replay rules, and streams as
 * a server of a model keeps them. The rules
 * are in {@code lzw-hypertokens/docs/HYPERTOKENS.md}.
 */
@NullMarked
package io.tokenlz.hypertokens;

import org.jspecify.annotations.NullMarked;
