package io.tokenlz.reactive;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.ToIntFunction;
import reactor.core.observability.SignalListenerFactory;
import reactor.core.publisher.Flux;

/**
 * Counts what streams carry, with Micrometer: one {@link Flux#tap} before an operator, one behind it. Needs micrometer-core,
 * which this module depends on optionally. Immutable and thread-safe.
 *
 * <pre>{@code
 * TokenFluxMetrics metrics = new TokenFluxMetrics(registry, Tags.of("stream", "answers"));
 * Flux<ByteBuffer> body = tokens.tap(metrics.tokensIn())
 *         .transform(TokenFlux.toFrames(header))
 *         .tap(metrics.bytesOut());
 * }</pre>
 *
 * <p>The meters, each with the tags given here:
 *
 * <ul>
 *   <li>{@code tokenlz.tokens} and {@code tokenlz.bytes}, counters, by {@code direction}: {@code in} or {@code out};
 *   <li>{@code tokenlz.flushes}, a counter: chunks that came out;
 *   <li>{@code tokenlz.errors}, a counter, by {@code exception}: streams that came out as an error;
 *   <li>{@code tokenlz.ratio}, a summary with one value for each stream that had both taps, when it ends, however it ends: tokens
 *       or bytes that came out for each token or byte that went in. None for a stream into which nothing went.
 * </ul>
 */
public final class TokenFluxMetrics {
    private static final String DIRECTION = "direction";
    private static final String TOKENS = "tokens";
    private static final String BYTES = "bytes";

    private final MeterRegistry registry;
    private final Tags tags;
    private final Counter flushes;
    private final DistributionSummary ratio;

    /**
     * Registers the meters that need no signal to be known.
     *
     * @param registry where meters are kept
     * @param tags what tells these streams from others; {@link Tags#empty()} for none
     */
    public TokenFluxMetrics(MeterRegistry registry, Iterable<Tag> tags) {
        this.registry = Objects.requireNonNull(registry, "registry");
        this.tags = Tags.of(tags);
        this.flushes = Counter.builder("tokenlz.flushes")
                .description("chunks that came out")
                .tags(this.tags)
                .register(registry);
        this.ratio = DistributionSummary.builder("tokenlz.ratio")
                .description("what came out of a stream for what went in")
                .tags(this.tags)
                .register(registry);
    }

    /**
     * Counts tokens on their way into an operator.
     *
     * @return an argument for {@link Flux#tap}
     */
    public SignalListenerFactory<int[], ?> tokensIn() {
        return in(TOKENS, chunk -> chunk.length);
    }

    /**
     * Counts IDs on their way into {@link TokenFlux#decodeIds}.
     *
     * @return an argument for {@link Flux#tap}
     */
    public SignalListenerFactory<Integer, ?> idsIn() {
        return in(TOKENS, id -> 1);
    }

    /**
     * Counts tokens that came out of an operator.
     *
     * @return an argument for {@link Flux#tap}
     */
    public SignalListenerFactory<int[], ?> tokensOut() {
        return out(TOKENS, chunk -> chunk.length);
    }

    /**
     * Counts bytes on their way into an operator.
     *
     * @return an argument for {@link Flux#tap}
     */
    public SignalListenerFactory<ByteBuffer, ?> bytesIn() {
        return bytesIn(ByteBuffer::remaining);
    }

    /**
     * Counts bytes on their way into an operator, in any kind of buffer.
     *
     * @param <T> the kind
     * @param size bytes in a buffer, for example {@code ByteBuf::readableBytes}; must leave it as it is
     * @return an argument for {@link Flux#tap}
     */
    public <T> SignalListenerFactory<T, ?> bytesIn(ToIntFunction<? super T> size) {
        return in(BYTES, size);
    }

    /**
     * Counts bytes that came out of an operator.
     *
     * @return an argument for {@link Flux#tap}
     */
    public SignalListenerFactory<ByteBuffer, ?> bytesOut() {
        return bytesOut(ByteBuffer::remaining);
    }

    /**
     * Counts bytes that came out of an operator, in any kind of buffer.
     *
     * @param <T> the kind
     * @param size bytes in a buffer, for example {@code ByteBuf::readableBytes}; must leave it as it is
     * @return an argument for {@link Flux#tap}
     */
    public <T> SignalListenerFactory<T, ?> bytesOut(ToIntFunction<? super T> size) {
        return out(BYTES, size);
    }

    private <T> SignalListenerFactory<T, ?> in(String unit, ToIntFunction<? super T> size) {
        Objects.requireNonNull(size, "size");
        Counter counter = counter(unit, "in");
        return new StreamListener.Factory<>(
                context -> new StreamListener.In<T>(counter, size, context.getOrDefault(this, null)));
    }

    private <T> SignalListenerFactory<T, ?> out(String unit, ToIntFunction<? super T> size) {
        Objects.requireNonNull(size, "size");
        Counter counter = counter(unit, "out");
        return new StreamListener.Factory<>(context -> new StreamListener.Out<T>(counter, size, this));
    }

    private Counter counter(String unit, String direction) {
        return Counter.builder("tokenlz." + unit)
                .description(unit + " that streams carried")
                .baseUnit(unit)
                .tags(tags)
                .tag(DIRECTION, direction)
                .register(registry);
    }

    void countFlush() {
        flushes.increment();
    }

    void countError(Throwable error) {
        Counter.builder("tokenlz.errors")
                .description("streams that came out as an error")
                .tags(tags)
                .tag("exception", error.getClass().getSimpleName())
                .register(registry)
                .increment();
    }

    void recordRatio(double outForEachIn) {
        ratio.record(outForEachIn);
    }
}
