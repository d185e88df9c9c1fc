package io.tokenlz.cli.explore;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.bench.Tokenizer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShownTextTest {
    private final Tokenizer tokenizer = Tokenizer.named("o200k_base").orElseThrow();
    private final ShownText shown = new ShownText(tokenizer);

    private List<Integer> tokens(String text) {
        return IntStream.of(tokenizer.tokens(text)).boxed().toList();
    }

    @Test
    void textIsShownAsItIs() {
        for (String text : List.of("", "a b\n\tc", "<b>&amp;</b>", "Würde, достоинство, 自由, स्वतन्त्रता", "🙂")) {
            assertThat(shown.of(tokens(text))).isEqualTo(text);
        }
    }

    @Test
    void whatWouldHideIsWritten() {
        assertThat(shown.of(tokens("a\u202Eb\u0000c\rd\u2028e\uFEFF")))
                .isEqualTo("a\\u{202E}b\\u{0}c\\u{D}d\\u{2028}e\\u{FEFF}");
    }

    @Test
    void partsOfCharactersAreBytes() {
        List<Integer> cut = tokens("🏳");
        assertThat(cut).hasSizeGreaterThan(1);
        StringBuilder parts = new StringBuilder();
        cut.forEach(token -> parts.append(shown.of(List.of(token))));
        assertThat(parts.toString()).startsWith("\\xF0").matches("(\\\\x[0-9A-F]{2}){4}");
        assertThat(shown.of(cut)).isEqualTo("🏳");
    }

    @Test
    void aTokenWithoutTextIsANumber() {
        assertThat(shown.of(List.of(200_010))).isEqualTo("\\{200010}");
    }
}
