package io.tokenlz.frames;

import io.tokenlz.core.TokenCodec;

/**
 * Makes codecs from what a stream's header says of them: how a reader finds a codec by its name (FORMAT.md, section 3.3).
 * Found by {@link java.util.ServiceLoader}; public, with a public constructor without parameters, and thread-safe.
 */
public interface FrameCodecProvider {
    /**
     * The name in the header, {@link TokenCodec#name()} of the codecs it makes.
     *
     * @return 1 to 64 ASCII characters
     */
    String name();

    /**
     * Everything that a decoder must know beside the vocabulary's size, in the codec's own form: the same for equal
     * configurations, and documented with the codec.
     *
     * @param codec a codec of this name
     * @return at most 60,000 bytes
     * @throws IllegalArgumentException if the codec is not of this provider's kind, or its configuration is larger
     */
    byte[] configuration(TokenCodec codec);

    /**
     * The codec of a configuration that came from outside. Checks every number before anything is allocated for it.
     *
     * @param vocabularySize size of the base vocabulary, 1 … 2³¹−1
     * @param configuration bytes that may not be of {@link #configuration}'s making
     * @return a codec
     * @throws IllegalArgumentException if this is no configuration, naming the field
     */
    TokenCodec codec(int vocabularySize, byte[] configuration);

    /**
     * Memory that a decoder of this codec will hold, told without making one.
     *
     * @param codec a codec that this provider made
     * @return bytes
     */
    long decoderBytes(TokenCodec codec);
}
