package io.tokenlz.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whoever uses only {@code int[]} needs no JVM flag, and neither Agrona nor Chronicle on the class path. */
class IntArrayOnlyTest {
    @Test
    void aBareJvmWithNothingButThisModuleCodesArrays() throws IOException, InterruptedException {
        List<String> classes = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> path.endsWith("classes") && new File(path).isDirectory())
                .toList();
        assertThat(classes).hasSize(2);
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        classes.stream().collect(Collectors.joining(File.pathSeparator)),
                        Program.class.getName())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        assertThat(printed).isEqualTo("exact" + System.lineSeparator());
    }

    /** Runs in the bare JVM. */
    static final class Program {
        public static void main(String[] arguments) {
            try {
                Class.forName("org.agrona.DirectBuffer");
                throw new AssertionError("Agrona is on the class path: this run proves nothing");
            } catch (ClassNotFoundException asItShouldBe) {
                int[] tokens = new int[1000];
                Arrays.setAll(tokens, i -> i % 9);
                TokenCodec codec = new MetaTokenCodec(MetaTokenConfig.of(10));
                if (Arrays.equals(codec.decode(codec.encode(tokens)), tokens)) {
                    System.out.println("exact");
                }
            }
        }
    }
}
