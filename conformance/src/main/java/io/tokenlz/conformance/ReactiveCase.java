package io.tokenlz.conformance;

import java.util.Arrays;
import java.util.function.Function;
import reactor.core.publisher.Flux;

/**
 * A pair of operators and tokens that fit them, generated together.
 *
 * @param name what a failure is to print of the operators
 * @param encoder chunks of tokens to what goes over the wire, {@code int[]}, {@code ByteBuffer} or anything else
 * @param decoder the way back
 * @param tokens tokens that the encoder must take; not to be changed
 * @param <T> what goes over the wire
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; printed in full, for whoever reads a failure
public record ReactiveCase<T>(
        String name, Function<Flux<int[]>, Flux<T>> encoder, Function<Flux<T>, Flux<int[]>> decoder, int[] tokens) {
    /** Both ways, one after the other. */
    Flux<int[]> thereAndBack(Flux<int[]> chunks) {
        return chunks.transform(encoder).transform(decoder);
    }

    @Override
    public String toString() {
        return name + " over " + Arrays.toString(tokens);
    }
}
