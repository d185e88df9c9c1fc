package io.tokenlz.core;

/**
 * Turns a codec's compressed tokens back into base tokens; see {@link TokenCoder} for how it is driven.
 *
 * <p>Whatever it is fed, it either writes exactly the tokens that were encoded or throws
 * {@link MalformedTokenStreamException}. It never holds a token back that it has room to write. Not thread-safe.
 */
public class TokenDecoder extends TokenCoder {
    /**
     * Checks and drives a kernel.
     *
     * @param kernel a machine that turns compressed tokens into base ones; used by nothing else from now on
     */
    public TokenDecoder(TokenKernel kernel) {
        super(kernel, false);
    }
}
