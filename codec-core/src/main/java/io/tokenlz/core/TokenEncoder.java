package io.tokenlz.core;

/**
 * Turns base tokens into a codec's compressed tokens; see {@link TokenCoder} for how it is driven.
 *
 * <p>Refuses, with {@link MalformedTokenStreamException}, a token that its codec cannot represent: an ID outside the
 * vocabulary, or one that the codec reserves. All tokens before it are consumed then, it is not, and the encoder is
 * unharmed: flush or finish it to send what it holds back, go on with other input, or reset it. Not thread-safe.
 */
public class TokenEncoder extends TokenCoder {
    /**
     * Checks and drives a kernel.
     *
     * @param kernel a machine that turns base tokens into compressed ones; used by nothing else from now on
     */
    public TokenEncoder(TokenKernel kernel) {
        super(kernel, true);
    }
}
