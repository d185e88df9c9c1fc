package io.tokenlz.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.TokenCodec;
import io.tokenlz.core.TokenEncoder;
import io.tokenlz.hypertokens.HypertokenCodec;
import io.tokenlz.hypertokens.HypertokenConfig;
import io.tokenlz.hypertokens.ReplayRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The README's sample for a pipeline, here as it stands there. */
class ReadmeSampleTest {
    private static final TokenCodec CODEC = new HypertokenCodec(
            HypertokenConfig.builder(200_019, ReplayRule.BASE).build());

    /** Documents that get shorter, and one that doesn't. */
    private static final List<int[]> DOCUMENTS = List.of(
            new int[1000],
            IntStream.range(0, 3000).toArray(),
            IntStream.range(0, 2000).map(i -> i % 7).toArray(),
            new int[0]);

    private static int[] packed(TokenCodec codec, List<int[]> documents, int longestDocument) {
        int[] all = new int[0];
        // the README's sample
        ArrayTokenInput input = new ArrayTokenInput();
        ArrayTokenOutput output = new ArrayTokenOutput();
        int[] packed = new int[longestDocument];
        try (TokenEncoder encoder = codec.newEncoder()) {
            for (int[] document : documents) {
                encoder.reset();
                encoder.transform(input.wrap(document), output.wrap(packed));
                if (encoder.finish(output) != CoderStatus.DONE) {
                    throw new IllegalStateException("packed is too short");
                }
                // until here; output.position() IDs were written
                int written = Math.toIntExact(output.position());
                all = IntStream.concat(Arrays.stream(all), Arrays.stream(codec.decode(Arrays.copyOf(packed, written))))
                        .toArray();
            }
        }
        return all;
    }

    @Test
    void itPacksEachDocumentWholeOrFails() {
        int[] tokens = DOCUMENTS.stream().flatMapToInt(Arrays::stream).toArray();
        assertThat(packed(CODEC, DOCUMENTS, 3000)).isEqualTo(tokens);
        assertThatThrownBy(() -> packed(CODEC, DOCUMENTS, 2999)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void itIsWhatTheReadmeShows() throws IOException {
        String here = Files.readString(Path.of("src/test/java/io/tokenlz/cli/ReadmeSampleTest.java"));
        int from = here.indexOf("// the README's sample\n");
        String sample = code(here.substring(from, here.indexOf("// until here", from)));
        assertThat(code(Files.readString(Path.of("..", "README.md")))).contains(sample);
    }

    /** Without comments, and with one space where there are several or a line ends. */
    private static String code(String text) {
        return text.replaceAll("//[^\n]*", "").replaceAll("\\s+", " ").strip();
    }
}
