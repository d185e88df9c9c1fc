package io.tokenlz.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.frames.FrameLimits;
import io.tokenlz.frames.FrameWriterOptions;
import io.tokenlz.frames.MalformedFrameException;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

@Timeout(60)
class Base64TokenFluxTest {
    private static final Function<Flux<String>, Flux<int[]>> TOKENS =
            Base64TokenFlux.fromFrames(FrameLimits.DEFAULT, header -> true, TokenFluxOptions.DEFAULT);

    private static Flux<String> text(int[] tokens) {
        return Streams.singles(tokens)
                .transform(
                        Base64TokenFlux.toFrames(Streams.PLAIN, FrameWriterOptions.DEFAULT, TokenFluxOptions.DEFAULT));
    }

    @Test
    void tokensComeBack() {
        int[] tokens = Streams.text(3000, 1);
        assertThat(text(tokens).count().block()).isEqualTo(3000);
        assertThat(Streams.collect(text(tokens).transform(TOKENS))).isEqualTo(tokens);
    }

    @Test
    void eachStringIsTheBytesOfABuffer() {
        List<String> strings =
                text(new int[] {1, 2, 3}).collectList().blockOptional().orElseThrow();
        List<byte[]> buffers = Streams.singles(1, 2, 3)
                .transform(Streams.frames(TokenFluxOptions.DEFAULT))
                .map(buffer -> Streams.joinBytes(List.of(buffer)))
                .collectList()
                .blockOptional()
                .orElseThrow();
        assertThat(strings).map(java.util.Base64.getDecoder()::decode).containsExactlyElementsOf(buffers);
        assertThat(strings).allMatch(string -> string.matches("[A-Za-z0-9+/]+=*"));
    }

    @Test
    void aStringThatIsNoBase64IsAnErrorThatSaysWhere() {
        List<String> strings =
                text(new int[] {1, 2}).collectList().blockOptional().orElseThrow();
        int before = java.util.Base64.getDecoder().decode(strings.get(0)).length;
        StepVerifier.create(Flux.just(strings.get(0), "no!").transform(TOKENS).onErrorContinue((error, value) -> {}))
                .expectNextCount(1)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(MalformedFrameException.class, malformed -> {
                            assertThat(malformed.bytePosition()).isEqualTo(before);
                            assertThat(malformed.tokenPosition()).isEqualTo(1);
                        })
                        .hasMessageContaining("21"))
                .verify();
    }
}
