package io.tokenlz.reactive;

import io.tokenlz.core.TokenCodec;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;

/**
 * Operators over chunks of tokens, for {@link Flux#transform}. Immutable and thread-safe.
 *
 * <pre>{@code
 * Flux<int[]> onTheWire = promptTokens.transform(TokenFlux.encode(codec));
 * Flux<int[]> promptAgain = onTheWire.transform(TokenFlux.decode(codec));
 * }</pre>
 *
 * <p><b>Nothing is held back.</b> Each chunk is flushed: once the chunks that came out of it have been requested, every
 * token that went in can be decoded. That has its price in tokens: little for hypertokens, but a meta-token encoder sees
 * no further than one chunk, so give it prompts whole. <b>Demand is exact.</b> Chunks are requested from upstream one by one, and only
 * while downstream wants some; a chunk that expands to many tokens comes out as several chunks, each on request. <b>State
 * is per subscription</b>, so that {@code retry}, {@code repeat} and a second subscriber begin a new stream.
 *
 * <p><b>Errors.</b> A malformed stream ends with {@link io.tokenlz.core.MalformedTokenStreamException}, by a decoder after
 * all that the tokens before its position stand for; {@code onErrorContinue} does not change that, for a stream that went on would be wrong. An error
 * from upstream is passed on after the chunks that it follows.
 *
 * <p><b>Ownership.</b> Chunks from upstream are only read, and not after the next one was requested; chunks that come out
 * belong to the subscriber. A chunk that cancellation or an error leaves behind goes to the discard hook.
 */
public final class TokenFlux {
    private TokenFlux() {}

    /**
     * Base tokens to compressed tokens. Ends the codec's stream when upstream completes.
     *
     * @param codec makes an encoder for each subscription
     * @return a function for {@link Flux#transform}
     */
    public static UnaryOperator<Flux<int[]>> encode(TokenCodec codec) {
        return source -> FluxTokenCoder.assemble(source, codec.name() + " encode", codec::newEncoder);
    }

    /**
     * Compressed tokens to base tokens. Completion where the codec's stream must not end is an error.
     *
     * @param codec makes a decoder for each subscription
     * @return a function for {@link Flux#transform}
     */
    public static UnaryOperator<Flux<int[]>> decode(TokenCodec codec) {
        return source -> FluxTokenCoder.assemble(source, codec.name() + " decode", codec::newDecoder);
    }
}
