package io.tokenlz.reactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.frames.FrameLimits;
import io.tokenlz.frames.FrameWriterOptions;
import io.tokenlz.frames.StreamHeader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;

/** Whoever has Reactor alone needs neither Netty nor Spring nor Micrometer, and no JVM flag. */
class OptionalDependenciesTest {
    /** Parts of the paths of what is there. */
    private static final List<String> NEEDED =
            List.of("codec-core", "codec-reactive", "reactor-core", "reactive-streams");

    @Test
    @Timeout(60)
    void aBareJvmWithReactorAloneStreamsFrames() throws IOException, InterruptedException {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> NEEDED.stream().anyMatch(path::contains))
                .collect(Collectors.joining(File.pathSeparator));
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java", "-cp", classPath, Program.class.getName())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        assertThat(printed).endsWith("exact" + System.lineSeparator());
    }

    /** Runs in the bare JVM. */
    static final class Program {
        private static final int[] TOKENS = {1, 2, 3, 2, 1};

        public static void main(String[] arguments) {
            List.of(
                            "io.netty.buffer.ByteBuf",
                            "org.springframework.core.io.buffer.DataBuffer",
                            "io.micrometer.core.instrument.MeterRegistry")
                    .forEach(Program::requireAbsent);
            StreamHeader header = StreamHeader.builder(10).build();
            Flux<int[]> bytes =
                    tokens().transform(TokenFlux.toFrames(header)).transform(TokenFlux.fromFrames(FrameLimits.DEFAULT));
            Flux<int[]> text = tokens().transform(
                            Base64TokenFlux.toFrames(header, FrameWriterOptions.DEFAULT, TokenFluxOptions.DEFAULT))
                    .transform(Base64TokenFlux.fromFrames(FrameLimits.DEFAULT, any -> true, TokenFluxOptions.DEFAULT));
            // whatever looks at the methods of a class, as frameworks do, loads all that they name
            if (TokenFlux.class.getMethods().length > 0 && isExact(bytes) && isExact(text)) {
                System.out.println("exact");
            }
        }

        private static Flux<int[]> tokens() {
            return Flux.just(TOKENS.clone());
        }

        private static boolean isExact(Flux<int[]> tokens) {
            return Arrays.equals(tokens.blockLast(), TOKENS);
        }

        private static void requireAbsent(String name) {
            try {
                Class.forName(name);
                throw new AssertionError(name + " is on the class path: this run proves nothing");
            } catch (ClassNotFoundException asItShouldBe) {
                // goes on
            }
        }
    }
}
