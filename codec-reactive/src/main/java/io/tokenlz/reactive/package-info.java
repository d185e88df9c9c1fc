/**
 * Token codecs as Project Reactor operators.
 *
 * <p>What may come in: operators over {@link io.tokenlz.core.TokenCodec}s and what subscribers need of them. No codec, no
 * threads, no timers.
 */
@NullMarked
package io.tokenlz.reactive;

import org.jspecify.annotations.NullMarked;
