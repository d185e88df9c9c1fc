package io.tokenlz.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.frames.FrameLimits;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.adapter.JdkFlowAdapter;

/** The JDK's {@link Flow}, as its HTTP client speaks it, on both sides of the operators, through Reactor's adapter. */
@Timeout(60)
class FlowBridgeTest {
    @Test
    void tokensAndFramesComeFromFlowPublishersAndGoToFlowSubscribers() throws Exception {
        int[] text = Streams.text(2000, 1);
        Collected<int[]> tokens = new Collected<>(Long.MAX_VALUE);
        try (SubmissionPublisher<int[]> model = new SubmissionPublisher<>()) {
            Flow.Publisher<ByteBuffer> body = JdkFlowAdapter.publisherToFlowPublisher(
                    JdkFlowAdapter.flowPublisherToFlux(model).transform(TokenFlux.toFrames(Streams.PLAIN)));
            Flow.Publisher<int[]> again = JdkFlowAdapter.publisherToFlowPublisher(
                    JdkFlowAdapter.flowPublisherToFlux(body).transform(TokenFlux.fromFrames(FrameLimits.DEFAULT)));
            again.subscribe(tokens);
            for (int token : text) {
                model.submit(new int[] {token});
            }
        }
        assertThat(Streams.join(tokens.whole.get(20, TimeUnit.SECONDS))).isEqualTo(text);
    }

    @Test
    void demandAndErrorsPassTheBridges() {
        Collected<int[]> tokens = new Collected<>(1);
        JdkFlowAdapter.publisherToFlowPublisher(
                        Streams.singles(1, 2, Streams.VOCABULARY).transform(TokenFlux.encode(Streams.HYPERTOKENS)))
                .subscribe(tokens);
        assertThat(tokens.received).hasSize(1);
        tokens.request(1);
        assertThat(tokens.received).hasSize(2);
        tokens.request(1);
        assertThat(tokens.whole).isCompletedExceptionally();
    }

    private static final class Collected<T> implements Flow.Subscriber<T> {
        final List<T> received = new ArrayList<>();
        final CompletableFuture<List<T>> whole = new CompletableFuture<>();
        private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
        private final long first;

        Collected(long first) {
            this.first = first;
        }

        void request(long n) {
            subscription.join().request(n);
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription.complete(given);
            given.request(first);
        }

        @Override
        public void onNext(T item) {
            received.add(item);
        }

        @Override
        public void onError(Throwable error) {
            whole.completeExceptionally(error);
        }

        @Override
        public void onComplete() {
            whole.complete(received);
        }
    }
}
