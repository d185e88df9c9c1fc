package io.tokenlz.reactive;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;

/** Runs the chunks of each subscription through a coder of its own; see {@link TokenFlux} for what that promises. */
final class CodecFlux<I, O> extends FluxOperator<I, O> {
    private final String name;
    private final FlushRule rule;
    private final Supplier<? extends ChunkCoder<I, O>> coders;

    static <I, O> Flux<O> assemble(
            Flux<I> source, String name, FlushRule rule, Supplier<? extends ChunkCoder<I, O>> coders) {
        return onAssembly(new CodecFlux<>(source, name, rule, coders));
    }

    private CodecFlux(Flux<I> source, String name, FlushRule rule, Supplier<? extends ChunkCoder<I, O>> coders) {
        super(source);
        this.name = name;
        this.rule = rule;
        this.coders = coders;
    }

    @Override
    public void subscribe(CoreSubscriber<? super O> actual) {
        ChunkCoder<I, O> coder;
        try {
            coder = coders.get();
        } catch (Throwable failure) { // fatal ones are thrown on by onOperatorError
            Operators.error(actual, Operators.onOperatorError(failure, actual.currentContext()));
            return;
        }
        source.subscribe(new CodecSubscriber<>(actual, name, rule, coder));
    }

    @Override
    public String stepName() {
        return name;
    }

    @Override
    @SuppressWarnings("rawtypes") // as Reactor declares it
    public @Nullable Object scanUnsafe(Attr key) {
        return key == Attr.RUN_STYLE ? Attr.RunStyle.SYNC : super.scanUnsafe(key);
    }
}
