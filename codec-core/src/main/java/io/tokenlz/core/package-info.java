/**
 * The contract every codec of token IDs fulfils, and the windows through which tokens are read and written where they
 * lie.
 *
 * <p>What may come in: the contract itself ({@link io.tokenlz.core.TokenCodec}, {@link io.tokenlz.core.TokenEncoder},
 * {@link io.tokenlz.core.TokenDecoder}), what a codec's author implements ({@link io.tokenlz.core.TokenKernel}), its
 * one error, and windows on tokens and on bytes, a pair of each for each kind of memory. No codec, no format.
 *
 * <p>Only the windows named after Agrona and Chronicle load classes of those libraries; whoever stays with
 * {@code int[]} and {@code ByteBuffer} needs neither of them, and no JVM flag.
 */
@NullMarked
package io.tokenlz.core;

import org.jspecify.annotations.NullMarked;
