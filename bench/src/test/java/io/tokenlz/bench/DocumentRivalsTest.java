package io.tokenlz.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DocumentRivalsTest {
    private static final TokenFile FILE = new TokenFile(
            "code", "code-x", IntStream.range(0, 2500).map(i -> i % 90).toArray(), 100, null);

    @Test
    void documentsAreTheFile() {
        List<TokenFile> documents = DocumentRivals.documents(FILE, 1000);
        assertThat(documents.stream().map(document -> document.ids().length)).containsExactly(1000, 1000, 500);
        assertThat(documents.stream().flatMapToInt(document -> IntStream.of(document.ids())))
                .containsExactly(IntStream.of(FILE.ids()).boxed().toArray(Integer[]::new));
        assertThat(DocumentRivals.documents(FILE, Integer.MAX_VALUE)).hasSize(1);
    }

    @Test
    void everyoneBringsEverythingBack() {
        List<TokenFile> documents = DocumentRivals.documents(FILE, 1000);
        for (WireContender contender : DocumentRivals.contenders()) {
            WireResult result = contender.measure(documents, WireTiming.NONE);
            assertThat(result.difference()).as(contender.name()).isNull();
            assertThat(result.tokens()).isEqualTo(2500);
            assertThat(result.bytes()).isPositive().isLessThanOrEqualTo(10_000);
        }
        assertThat(DocumentRivals.contenders().get(0).name()).isEqualTo(DocumentRivals.FRAMES);
    }
}
