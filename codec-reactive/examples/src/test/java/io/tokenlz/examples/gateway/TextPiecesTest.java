package io.tokenlz.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TextPiecesTest {
    private static final String TEXT = "a é 世界 👋🏽 z";

    private static String pieces(byte[] bytes, int first) {
        TextPieces pieces = new TextPieces();
        String text = pieces.append(Arrays.copyOf(bytes, first))
                + pieces.append(Arrays.copyOfRange(bytes, first, bytes.length));
        return text + pieces.end();
    }

    @Test
    void charactersMayBeCutAnywhere() {
        byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_8);
        TextPieces one = new TextPieces();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes.length; i++) {
            assertThat(pieces(bytes, i)).isEqualTo(TEXT);
            text.append(one.append(new byte[] {bytes[i]}));
        }
        assertThat(text.toString()).isEqualTo(TEXT);
        assertThat(one.end()).isEmpty();
    }

    @Test
    void onlyTheBytesOfACharacterThatIsNotWholeAreHeldBack() {
        TextPieces pieces = new TextPieces();
        byte[] wave = "x👋".getBytes(StandardCharsets.UTF_8);
        assertThat(pieces.append(Arrays.copyOf(wave, 4))).isEqualTo("x");
        assertThat(pieces.append(new byte[0])).isEmpty();
        assertThat(pieces.append(Arrays.copyOfRange(wave, 4, 5))).isEqualTo("👋");
    }

    /** As the JDK reads all of them at once. */
    @Test
    void bytesThatAreNoCharactersBecomeReplacements() {
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = new byte[random.nextInt(12)];
            random.nextBytes(bytes);
            assertThat(pieces(bytes, random.nextInt(bytes.length + 1)))
                    .isEqualTo(new String(bytes, StandardCharsets.UTF_8));
        }
    }
}
