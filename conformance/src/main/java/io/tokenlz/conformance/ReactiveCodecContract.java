package io.tokenlz.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * What every pair of operators over chunks of tokens must do: nothing is held back, nothing comes that was not requested, and each
 * subscription is a stream of its own, and no chunk is lost without the discard hook being told. Its test is a class that extends this one and says in {@link #cases()} how to make them.
 * Needs reactor-core.
 *
 * @param <T> what goes over the wire
 */
public abstract class ReactiveCodecContract<T> {
    /** For subclasses. */
    protected ReactiveCodecContract() {}

    /**
     * Configured operators, each with tokens that fit them.
     *
     * @return a generator of configuration and tokens together
     */
    @Provide
    protected abstract Arbitrary<ReactiveCase<T>> cases();

    /** Chunks of 0 to {@code most} tokens. */
    private static List<int[]> chunks(int[] tokens, int most, Random random) {
        List<int[]> chunks = new ArrayList<>();
        for (int at = 0; at < tokens.length; ) {
            int end = Math.min(tokens.length, at + random.nextInt(most + 1));
            chunks.add(Arrays.copyOfRange(tokens, at, end));
            at = end;
        }
        return chunks;
    }

    private static int[] joined(List<int[]> chunks) {
        return chunks.stream().flatMapToInt(IntStream::of).toArray();
    }

    private static <C> DemandingSubscriber<C> drained(Flux<C> flux, Random random) {
        DemandingSubscriber<C> subscriber = new DemandingSubscriber<>();
        flux.subscribe(subscriber);
        while (!subscriber.isDisposed()) {
            subscriber.requestMore(1 + random.nextInt(4));
        }
        assertThat(subscriber.sawTooMuch())
                .as("more than was requested, or behind the end")
                .isFalse();
        return subscriber;
    }

    @Property(tries = 200)
    void tokensComeBackOnDemand(
            @ForAll("cases") ReactiveCase<T> that, @ForAll @IntRange(min = 1, max = 60) int most, @ForAll long seed) {
        Random random = new Random(seed);
        DemandingSubscriber<T> onTheWire =
                drained(Flux.fromIterable(chunks(that.tokens(), most, random)).transform(that.encoder()), random);
        assertThat(onTheWire.error()).isNull();
        DemandingSubscriber<int[]> back =
                drained(Flux.fromIterable(onTheWire.received()).transform(that.decoder()), random);
        assertThat(back.error()).isNull();
        assertThat(joined(back.received())).isEqualTo(that.tokens());
    }

    @Property(tries = 60)
    void everyTokenArrivesBeforeTheNextOneIsSent(@ForAll("cases") ReactiveCase<T> that) {
        Sinks.Many<int[]> source = Sinks.many().unicast().onBackpressureBuffer();
        DemandingSubscriber<int[]> subscriber = new DemandingSubscriber<>();
        that.thereAndBack(source.asFlux()).subscribe(subscriber);
        subscriber.requestMore(Long.MAX_VALUE);
        for (int sent = 0; sent < that.tokens().length; sent++) {
            source.tryEmitNext(new int[] {that.tokens()[sent]}).orThrow();
            assertThat(joined(subscriber.received())).isEqualTo(Arrays.copyOf(that.tokens(), sent + 1));
        }
        source.tryEmitComplete().orThrow();
        assertThat(subscriber.isCompleted()).isTrue();
        assertThat(joined(subscriber.received())).isEqualTo(that.tokens());
    }

    @Property(tries = 60)
    void nothingIsAskedForThatNobodyWants(@ForAll("cases") ReactiveCase<T> that, @ForAll long seed) {
        Random random = new Random(seed);
        AtomicLong requested = new AtomicLong();
        Flux<int[]> source = Flux.fromIterable(chunks(that.tokens(), 5, random)).doOnRequest(requested::addAndGet);
        DemandingSubscriber<int[]> subscriber = new DemandingSubscriber<>();
        that.thereAndBack(source).subscribe(subscriber);
        assertThat(requested).hasValue(0);
        assertThat(subscriber.received()).isEmpty();
        subscriber.cancel();
    }

    @Property(tries = 60)
    void eachSubscriptionIsAStreamOfItsOwn(@ForAll("cases") ReactiveCase<T> that, @ForAll long seed) {
        Random random = new Random(seed);
        Flux<int[]> flux = that.thereAndBack(Flux.fromIterable(chunks(that.tokens(), 9, random)));
        DemandingSubscriber<int[]> first = new DemandingSubscriber<>();
        DemandingSubscriber<int[]> second = new DemandingSubscriber<>();
        flux.subscribe(first);
        flux.subscribe(second);
        while (!first.isDisposed() || !second.isDisposed()) {
            first.requestMore(1);
            second.requestMore(2);
        }
        assertThat(joined(first.received())).isEqualTo(that.tokens());
        assertThat(joined(second.received())).isEqualTo(that.tokens());
        assertThat(joined(drained(flux.repeat(1), random).received()))
                .isEqualTo(IntStream.concat(IntStream.of(that.tokens()), IntStream.of(that.tokens()))
                        .toArray());
    }

    @Property(tries = 60)
    void anErrorComesBehindTheTokensBeforeIt(@ForAll("cases") ReactiveCase<T> that, @ForAll long seed) {
        Random random = new Random(seed);
        IOException gone = new IOException("gone");
        Flux<int[]> broken = Flux.concat(Flux.fromIterable(chunks(that.tokens(), 9, random)), Flux.error(gone));
        DemandingSubscriber<int[]> subscriber = drained(that.thereAndBack(broken), random);
        assertThat(subscriber.error()).isSameAs(gone);
        assertThat(joined(subscriber.received())).isEqualTo(that.tokens());
    }

    @Property(tries = 60)
    void cancellingReachesTheSource(@ForAll("cases") ReactiveCase<T> that, @ForAll @IntRange(max = 5) int chunks) {
        AtomicLong cancelled = new AtomicLong();
        Sinks.Many<int[]> source = Sinks.many().unicast().onBackpressureBuffer();
        DemandingSubscriber<int[]> subscriber = new DemandingSubscriber<>();
        that.thereAndBack(source.asFlux().doOnCancel(cancelled::incrementAndGet))
                .subscribe(subscriber);
        subscriber.requestMore(chunks + 1L);
        source.tryEmitNext(Arrays.copyOf(that.tokens(), Math.min(1, that.tokens().length)));
        int before = subscriber.received().size();
        subscriber.cancel();
        source.tryEmitNext(that.tokens().clone());
        assertThat(cancelled).hasValue(1);
        assertThat(subscriber.received()).hasSize(before);
    }

    @Property(tries = 60)
    void chunksBelongToWhomTheyWereGiven(@ForAll("cases") ReactiveCase<T> that, @ForAll long seed) {
        Random random = new Random(seed);
        List<int[]> chunks = chunks(that.tokens(), 9, random);
        List<Object> sent = new ArrayList<>();
        List<Object> wire = new ArrayList<>();
        List<T> onTheWire = drained(
                        Flux.fromIterable(chunks)
                                .doOnNext(chunk -> sent.add(contents(chunk)))
                                .transform(that.encoder())
                                .doOnNext(chunk -> wire.add(contents(chunk))),
                        random)
                .received();
        assertThat(chunks.stream().map(ReactiveCodecContract::contents)).isEqualTo(sent);
        assertThat(onTheWire.stream().map(ReactiveCodecContract::contents)).isEqualTo(wire);
        List<Object> tokens = new ArrayList<>();
        List<int[]> back = drained(
                        Flux.fromIterable(onTheWire)
                                .transform(that.decoder())
                                .doOnNext(chunk -> tokens.add(contents(chunk))),
                        random)
                .received();
        assertThat(onTheWire.stream().map(ReactiveCodecContract::contents)).isEqualTo(wire);
        assertThat(back.stream().map(ReactiveCodecContract::contents)).isEqualTo(tokens);
        for (int[] chunk : back) {
            assertThat(chunks).as("a chunk that was given is not given back").noneMatch(given -> given == chunk);
        }
    }

    /** What a chunk holds, and of a buffer where it stands: to be compared later. */
    private static Object contents(Object chunk) {
        if (chunk instanceof int[] tokens) {
            return TokenArbitraries.boxed(tokens);
        }
        if (chunk instanceof ByteBuffer buffer) {
            return List.of(
                    buffer.position(),
                    buffer.limit(),
                    ByteBuffer.allocate(buffer.remaining())
                            .put(buffer.duplicate())
                            .flip());
        }
        return Objects.requireNonNull(chunk);
    }

    @Property(tries = 20)
    void anEmptyStreamGivesNoTokens(@ForAll("cases") ReactiveCase<T> that, @ForAll long seed) {
        Random random = new Random(seed);
        for (Flux<int[]> empty : List.of(Flux.<int[]>empty(), Flux.just(new int[0], new int[0]))) {
            DemandingSubscriber<int[]> subscriber = drained(that.thereAndBack(empty), random);
            assertThat(subscriber.isCompleted()).isTrue();
            assertThat(joined(subscriber.received())).isEmpty();
        }
    }

    /**
     * The last token of a chunk is none, so that it can't have been read whole, however much is asked for before the cancellation: it
     * goes to the discard hook once, and what was read does not.
     */
    @Property(tries = 100)
    void aChunkThatIsNotReadWholeIsDiscarded(
            @ForAll("cases") ReactiveCase<T> that,
            @ForAll @IntRange(min = 1, max = 20) int demand,
            @ForAll boolean cancels,
            @ForAll @IntRange(max = 60) int before) {
        int first = Math.min(before, that.tokens().length);
        int[] read = Arrays.copyOf(that.tokens(), first);
        int[] refused = Arrays.copyOfRange(that.tokens(), first, that.tokens().length + 1);
        refused[refused.length - 1] = -1;
        List<Object> discarded = new ArrayList<>();
        LateFlux<int[]> source = new LateFlux<>();
        DemandingSubscriber<T> subscriber = new DemandingSubscriber<>();
        source.transform(that.encoder())
                .doOnDiscard(Object.class, discarded::add)
                .subscribe(subscriber);
        sendWhenRequested(source, read, subscriber);
        sendWhenRequested(source, refused, subscriber);
        for (int more = 1; !subscriber.isDisposed() && (!cancels || more < demand); more++) {
            subscriber.requestMore(1);
        }
        subscriber.cancel();
        assertThat(source.isCancelled()).isTrue();
        assertThat(times(refused, discarded)).as("the chunk that ends with −1").isOne();
        assertThat(times(read, discarded)).as("the chunk before it").isZero();
    }

    private static <C> void sendWhenRequested(LateFlux<C> source, C chunk, DemandingSubscriber<?> subscriber) {
        while (!source.isRequested()) {
            subscriber.requestMore(1);
        }
        source.send(chunk);
    }

    /** A chunk that was on its way when the subscriber cancelled. Buffers that are counted are not looked at, but released. */
    @Property(tries = 60)
    void whatComesBehindACancellationIsDiscarded(@ForAll("cases") ReactiveCase<T> that, @ForAll long seed) {
        List<int[]> chunks = List.of(that.tokens().clone(), new int[] {-1});
        assertLateChunksAreDiscarded(that.encoder(), chunks);
        Flux<int[]> source = Flux.fromIterable(chunks(that.tokens(), 9, new Random(seed)));
        List<T> wire =
                drained(source.transform(that.encoder()), new Random(seed)).received();
        if (wire.stream().allMatch(chunk -> chunk instanceof int[] || chunk instanceof ByteBuffer)) {
            assertLateChunksAreDiscarded(that.decoder(), wire);
        }
    }

    private static <I, O> void assertLateChunksAreDiscarded(Function<Flux<I>, Flux<O>> operator, List<I> chunks) {
        List<Object> discarded = new ArrayList<>();
        LateFlux<I> source = new LateFlux<>();
        DemandingSubscriber<O> subscriber = new DemandingSubscriber<>();
        source.transform(operator).doOnDiscard(Object.class, discarded::add).subscribe(subscriber);
        subscriber.requestMore(1);
        subscriber.cancel();
        for (I chunk : chunks) {
            source.send(chunk);
            assertThat(times(chunk, discarded)).as("a late chunk").isOne();
        }
        assertThat(subscriber.received()).isEmpty();
    }

    private static long times(Object chunk, List<Object> discarded) {
        return discarded.stream().filter(given -> given == chunk).count();
    }
}
