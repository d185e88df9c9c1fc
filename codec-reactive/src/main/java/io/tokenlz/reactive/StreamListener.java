package io.tokenlz.reactive;

import io.micrometer.core.instrument.Counter;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.observability.DefaultSignalListener;
import reactor.core.observability.SignalListener;
import reactor.core.observability.SignalListenerFactory;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** Hears the signals of one subscription, on one side of an operator, for {@link TokenFluxMetrics}. */
abstract class StreamListener<T> extends DefaultSignalListener<T> {
    private final Counter counter;
    private final ToIntFunction<? super T> size;

    StreamListener(Counter counter, ToIntFunction<? super T> size) {
        this.counter = counter;
        this.size = size;
    }

    final int count(T chunk) {
        int counted = size.applyAsInt(chunk);
        counter.increment(counted);
        return counted;
    }

    /** Before the operator. What went in is told to the other side, which put the total into the context for that. */
    static final class In<T> extends StreamListener<T> {
        private final @Nullable AtomicLong total;

        In(Counter counter, ToIntFunction<? super T> size, @Nullable AtomicLong total) {
            super(counter, size);
            this.total = total;
        }

        @Override
        public void doOnNext(T chunk) {
            int counted = count(chunk);
            if (total != null) {
                total.addAndGet(counted);
            }
        }
    }

    /** Behind the operator. */
    static final class Out<T> extends StreamListener<T> {
        private final TokenFluxMetrics metrics;
        private final AtomicLong totalIn = new AtomicLong();
        private final AtomicLong totalOut = new AtomicLong();

        Out(Counter counter, ToIntFunction<? super T> size, TokenFluxMetrics metrics) {
            super(counter, size);
            this.metrics = metrics;
        }

        @Override
        public Context addToContext(Context original) {
            return original.put(metrics, totalIn);
        }

        @Override
        public void doOnNext(T chunk) {
            totalOut.addAndGet(count(chunk));
            metrics.countFlush();
        }

        // not in doFinally, which comes behind the end that a subscriber sees

        @Override
        public void doOnComplete() {
            end();
        }

        @Override
        public void doOnError(Throwable error) {
            metrics.countError(error);
            end();
        }

        @Override
        public void doOnCancel() {
            end();
        }

        /** May be called again, for a stream may be cancelled while it completes. */
        private void end() {
            long in = totalIn.getAndSet(0);
            if (in > 0) {
                metrics.recordRatio((double) totalOut.get() / in);
            }
        }
    }

    /** Makes a listener for each subscription. */
    record Factory<T>(Function<? super ContextView, SignalListener<T>> listeners)
            implements SignalListenerFactory<T, Boolean> {
        @Override
        public Boolean initializePublisherState(Publisher<? extends T> source) {
            return true; // there is none, and none is not allowed
        }

        @Override
        public SignalListener<T> createListener(
                Publisher<? extends T> source, ContextView context, Boolean publisherState) {
            return listeners.apply(context);
        }
    }
}
