package io.tokenlz.cli.explore;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenlz.bench.Tokenizer;
import io.tokenlz.cli.explore.ExploreCodec.Exploration;
import io.tokenlz.cli.explore.IdReading.Meaning;
import io.tokenlz.frames.StreamHeader;
import io.tokenlz.reactive.TokenFlux;
import io.tokenlz.reactive.TokenFluxOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A text's tokens on their way through a codec, as events: {@code take} as base tokens go in, {@code give} as IDs come out, and
 * {@code end} with what it came to. For one subscriber.
 */
final class ExploredStream {
    private static final int MOST_EVENTS_PER_SECOND = 50;
    private static final int AT_ONCE = 256;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String text;
    private final int[] tokens;
    private final int tokensPerSecond;
    private final int vocabularySize;
    private final Exploration exploration;
    private final ShownText shown;
    private final List<int[]> given = new ArrayList<>();
    private int taken;

    ExploredStream(ExploreRequest request, Tokenizer tokenizer) {
        text = request.text();
        tokens = tokenizer.tokens(text);
        tokensPerSecond = request.tokensPerSecond();
        vocabularySize = tokenizer.vocabularySize();
        exploration = request.codec().exploration(vocabularySize);
        shown = new ShownText(tokenizer);
    }

    /** What happens, as it happens. */
    Flux<ServerEvent> events() {
        // each ID is sent as soon as the encoder knows it, but phrases are not cut short for that
        TokenFluxOptions options =
                TokenFluxOptions.DEFAULT.flushOnCompletion().withChunkTokens(tokensPerSecond == 0 ? AT_ONCE : 1);
        return chunks().publish(shared -> Flux.merge(
                        shared.map(this::take),
                        shared.transform(TokenFlux.encode(exploration.codec(), options))
                                .map(this::give)))
                .concatWith(Mono.defer(this::end));
    }

    private Flux<int[]> chunks() {
        int size = tokensPerSecond == 0 ? AT_ONCE : Math.max(1, tokensPerSecond / MOST_EVENTS_PER_SECOND);
        Flux<int[]> chunks = Flux.range(0, (tokens.length + size - 1) / size)
                .map(i -> Arrays.copyOfRange(tokens, i * size, Math.min(tokens.length, (i + 1) * size)));
        return tokensPerSecond == 0
                ? chunks
                : chunks.delayElements(Duration.ofSeconds(1).multipliedBy(size).dividedBy(tokensPerSecond));
    }

    private ServerEvent take(int[] chunk) {
        ObjectNode data = JSON.createObjectNode().put("at", taken).put("of", tokens.length);
        ArrayNode ids = data.putArray("ids");
        ArrayNode texts = data.putArray("texts");
        for (int token : chunk) {
            ids.add(token);
            texts.add(shown.of(List.of(token)));
        }
        taken += chunk.length;
        return new ServerEvent("take", data);
    }

    private ServerEvent give(int[] ids) {
        given.add(ids);
        ObjectNode data = JSON.createObjectNode();
        ArrayNode items = data.putArray("items");
        for (int id : ids) {
            describe(id, exploration.reading().next(id), items.addObject());
        }
        return new ServerEvent("give", data);
    }

    /** An ID, and what came to the codebook or dictionary by it. */
    private void describe(int id, Meaning meaning, ObjectNode item) {
        item.put("id", id).put("role", meaning.role().name().toLowerCase(Locale.ROOT));
        describe(meaning.tokens(), item);
        if (exploration.reading().isRenewed()) {
            item.put("renewed", true);
        }
        List<IdReading.Entry> entries = exploration.reading().newEntries();
        if (!entries.isEmpty()) {
            ArrayNode nodes = item.putArray("entries");
            entries.forEach(entry -> describe(entry.tokens(), nodes.addObject().put("id", entry.id())));
        }
    }

    private void describe(List<Integer> standsFor, ObjectNode node) {
        ArrayNode numbers = node.putArray("tokens");
        standsFor.forEach(numbers::add);
        node.put("text", shown.of(standsFor));
    }

    /** Everything is decoded again and compared; and what it would take to send it. */
    private Mono<ServerEvent> end() {
        int[] ids = given.stream().flatMapToInt(IntStream::of).toArray();
        Mono<int[]> decoded = Flux.just(ids)
                .transform(TokenFlux.decode(exploration.codec()))
                .collectList()
                .map(chunks -> chunks.stream().flatMapToInt(IntStream::of).toArray());
        Mono<Long> plain = framedBytes(StreamHeader.builder(vocabularySize).build());
        Mono<Long> coded = framedBytes(StreamHeader.builder(exploration.codec()).build());
        return Mono.zip(decoded, plain, coded).map(all -> {
            ObjectNode data = JSON.createObjectNode()
                    .put("tokens", tokens.length)
                    .put("ids", ids.length)
                    .put("exact", Arrays.equals(all.getT1(), tokens));
            data.putObject("bytes")
                    .put("text in UTF-8", text.getBytes(StandardCharsets.UTF_8).length)
                    .put("tokens as a JSON array", jsonBytes())
                    .put("tokens as 32-bit numbers", Integer.BYTES * tokens.length)
                    .put("tokens in frames", all.getT2())
                    .put("codec’s IDs in frames", all.getT3());
            return new ServerEvent("end", data);
        });
    }

    private Mono<Long> framedBytes(StreamHeader header) {
        return Flux.just(tokens)
                .transform(TokenFlux.toFrames(header))
                .map(buffer -> (long) buffer.remaining())
                .reduce(0L, Long::sum);
    }

    private int jsonBytes() {
        int brackets = 2;
        int commas = tokens.length - 1;
        return brackets
                + commas
                + IntStream.of(tokens)
                        .map(token -> Integer.toString(token).length())
                        .sum();
    }
}
