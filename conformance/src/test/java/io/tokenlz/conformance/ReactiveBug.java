package io.tokenlz.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;

/** What is wrong with operators that change no token, and a property of the contract that must see it. */
enum ReactiveBug {
    NONE(""),
    LOSES_THE_LAST_CHUNK("tokensComeBackOnDemand"),
    SENDS_MORE_THAN_REQUESTED("tokensComeBackOnDemand"),
    HOLDS_A_CHUNK_BACK("everyTokenArrivesBeforeTheNextOneIsSent"),
    ASKS_BEFORE_ANYBODY_DOES("nothingIsAskedForThatNobodyWants"),
    STATE_SHARED_BY_SUBSCRIPTIONS("eachSubscriptionIsAStreamOfItsOwn"),
    AN_ERROR_OVERTAKES_TOKENS("anErrorComesBehindTheTokensBeforeIt"),
    SWALLOWS_ERRORS("anErrorComesBehindTheTokensBeforeIt"),
    NEVER_CANCELS_ITS_SOURCE("cancellingReachesTheSource"),
    CHANGES_THE_CHUNKS_IT_GETS("chunksBelongToWhomTheyWereGiven"),
    SENDS_ONE_ARRAY_AGAIN_AND_AGAIN("chunksBelongToWhomTheyWereGiven"),
    LOSES_THE_CHUNK_AT_WORK_WHEN_CANCELLED("aChunkThatIsNotReadWholeIsDiscarded"),
    LOSES_THE_CHUNK_THAT_IT_REFUSES("aChunkThatIsNotReadWholeIsDiscarded"),
    DISCARDS_WHAT_IT_HAS_READ("aChunkThatIsNotReadWholeIsDiscarded"),
    DISCARDS_TWICE("aChunkThatIsNotReadWholeIsDiscarded"),
    LOSES_A_CHUNK_THAT_COMES_LATE("whatComesBehindACancellationIsDiscarded"),
    FAILS_ON_AN_EMPTY_STREAM("anEmptyStreamGivesNoTokens");

    final String property;

    ReactiveBug(String property) {
        this.property = property;
    }

    Function<Flux<int[]>, Flux<int[]>> encoder() {
        List<int[]> shared = new ArrayList<>();
        int[] room = new int[1000];
        return switch (this) {
            case NONE,
                    LOSES_THE_CHUNK_AT_WORK_WHEN_CANCELLED,
                    LOSES_THE_CHUNK_THAT_IT_REFUSES,
                    DISCARDS_WHAT_IT_HAS_READ,
                    DISCARDS_TWICE,
                    LOSES_A_CHUNK_THAT_COMES_LATE -> source -> new OneByOneFlux(source, this);
            case LOSES_THE_LAST_CHUNK -> source -> source.map(int[]::clone).skipLast(1);
            case SENDS_MORE_THAN_REQUESTED -> UnboundedFlux::new;
            case HOLDS_A_CHUNK_BACK ->
                source -> source.map(int[]::clone).buffer(2).map(ReactiveBug::joined);
            case ASKS_BEFORE_ANYBODY_DOES ->
                source -> source.map(int[]::clone).publish(1).autoConnect(0);
            case STATE_SHARED_BY_SUBSCRIPTIONS ->
                source -> source.map(chunk -> {
                    shared.add(chunk.clone());
                    return shared.size() % 4 == 0 ? shared.get(0).clone() : chunk.clone();
                });
            case AN_ERROR_OVERTAKES_TOKENS ->
                source -> source.map(int[]::clone).buffer(2).map(ReactiveBug::joined);
            case SWALLOWS_ERRORS -> source -> source.map(int[]::clone).onErrorComplete();
            case NEVER_CANCELS_ITS_SOURCE ->
                source -> source.map(int[]::clone).publish().autoConnect(1);
            case CHANGES_THE_CHUNKS_IT_GETS ->
                source -> source.map(chunk -> {
                    int[] copy = chunk.clone();
                    Arrays.fill(chunk, -1);
                    return copy;
                });
            case SENDS_ONE_ARRAY_AGAIN_AND_AGAIN ->
                source -> source.flatMapIterable(
                                chunk -> IntStream.of(chunk).boxed().toList(), 1)
                        .map(token -> {
                            room[0] = token;
                            return room;
                        });
            case FAILS_ON_AN_EMPTY_STREAM ->
                source -> source.map(int[]::clone)
                        .filter(chunk -> chunk.length > 0)
                        .switchIfEmpty(Flux.error(new IllegalStateException("empty")));
        };
    }

    Function<Flux<int[]>, Flux<int[]>> decoder() {
        return this == SENDS_ONE_ARRAY_AGAIN_AND_AGAIN
                ? source -> source.map(chunk -> Arrays.copyOf(chunk, 1))
                : source -> new OneByOneFlux(source, NONE);
    }

    private static int[] joined(List<int[]> chunks) {
        return chunks.stream().flatMapToInt(IntStream::of).toArray();
    }
}
