/**
 * The framed wire format (FORMAT.md): streams of token IDs as bytes, flushed at any token for about a byte, checked, and
 * readable from the middle.
 *
 * <p>What may come in: what writes and reads the format ({@link io.tokenlz.frames.FrameWriter},
 * {@link io.tokenlz.frames.FrameReader}, {@link io.tokenlz.frames.StoredStream}), what a stream says of itself, its limits
 * and errors, and how codecs are found by name ({@link io.tokenlz.frames.FrameCodecProvider}). Encodings are package-private,
 * and no codec is known here.
 */
@NullMarked
package io.tokenlz.frames;

import org.jspecify.annotations.NullMarked;
