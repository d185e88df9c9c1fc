/**
 * Token codecs and the framed wire format as Project Reactor operators: {@link io.tokenlz.reactive.TokenFlux} and how it is
 * set, {@link io.tokenlz.reactive.TokenFluxOptions}.
 *
 * <p>What may come in: operators over {@link io.tokenlz.core.TokenCodec}s and {@link io.tokenlz.frames frames}, and what
 * subscribers need of them. No codec, no threads, no timers. All operators are one, with one drain loop; what they do to
 * chunks is behind the package-private {@code ChunkCoder}.
 *
 * <p><b>Ownership</b> of what passes, on every signal (README.md has it as a table): a chunk belongs to the operator from its
 * {@code onNext} until the operator requests another one, completes or fails; it is only read. What comes out belongs to the
 * subscriber from {@code onNext} on. A chunk that was not read whole when the stream is cancelled or fails goes to the discard
 * hook; what was read lives in the operator's memory alone, and goes with it.
 */
@NullMarked
package io.tokenlz.reactive;

import org.jspecify.annotations.NullMarked;
