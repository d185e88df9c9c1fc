package io.tokenlz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.metatokens.MetaTokenDictionary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Shared dictionaries on the command line: encode, decode, and streams that name one. */
class SharedDictionaryCommandTest extends InProcessCommandLine {
    private static final int[] TOKENS =
            IntStream.range(0, 5000).map(i -> i * 7 % 101 % 17).toArray();

    private String dictionary(String name, int revision) throws IOException {
        MetaTokenDictionary dictionary = MetaTokenDictionary.of(
                20, revision, new byte[0], new int[] {0, 7, 14}, new int[] {7, 14, 4, 11}, new int[] {1, 8});
        return Files.write(folder.resolve(name), dictionary.toBytes()).toString();
    }

    private static String[] meta(String command, String options, String... files) {
        List<String> arguments = new ArrayList<>(List.of(command, "--vocab-size", "20", "--codec", "meta"));
        arguments.addAll(List.of(options.split(" ")));
        arguments.addAll(List.of(files));
        return arguments.toArray(new String[0]);
    }

    @Test
    void whatIsEncodedWithADictionaryDecodesWithIt() throws IOException {
        String dictionary = dictionary("d.tlzd", 1);
        String in = file("in.u32", TOKENS);
        String packed = folder.resolve("packed.u32").toString();
        String back = folder.resolve("back.u32").toString();
        for (String options : List.of("--dictionary " + dictionary, "--form shared --dictionary " + dictionary)) {
            assertThat(run(meta("encode", options, in, packed))).isZero();
            assertThat(ids(packed).length).isLessThan(TOKENS.length);
            assertThat(ids(packed)).contains(22).doesNotContain(20, 21);
            assertThat(run(meta("decode", options, packed, back))).isZero();
            assertThat(ids(back)).isEqualTo(TOKENS);
        }
        assertThat(run(meta("encode", "--pool 90-92 --dictionary " + dictionary, in, packed)))
                .isZero();
        assertThat(ids(packed)).contains(90).doesNotContain(22);
        // what the dictionary doesn't know, another codec finds
        String twice = folder.resolve("twice.u32").toString();
        assertThat(run("encode", "--codec", "meta", "--form", "nested", "--vocab-size", "93", packed, twice))
                .isZero();
        assertThat(ids(twice).length).isLessThan(ids(packed).length);
    }

    @Test
    void aDictionaryThatDoesNotFitIsOneClearLine() throws IOException {
        String dictionary = dictionary("d.tlzd", 1);
        String in = file("in.u32", TOKENS);
        String out = folder.resolve("out.u32").toString();
        assertRefused("--dictionary must be given", meta("encode", "--form shared", in, out));
        assertRefused("--dictionary must be given", meta("encode", "--form flat --dictionary " + dictionary, in, out));
        assertRefused(
                "missing.tlzd: no such file", meta("encode", "--dictionary " + folder + "/missing.tlzd", in, out));
        assertRefused("at byte 0: expected the magic bytes", meta("encode", "--dictionary " + in, in, out));
        assertRefused("window of 3", meta("encode", "--window 3 --dictionary " + dictionary, in, out));
        assertRefused(
                "takes no option", "encode", "--codec", "hyper", "--vocab-size", "20", "--dictionary", "d", in, out);
        byte[] damaged = Files.readAllBytes(Path.of(dictionary));
        damaged[40] ^= 1;
        Files.write(folder.resolve("damaged.tlzd"), damaged);
        assertRefused("expected fingerprint", meta("decode", "--dictionary " + folder + "/damaged.tlzd", in, out));
    }

    @Test
    void aStreamNamesItsDictionary() throws IOException {
        String dictionary = dictionary("d.tlzd", 1);
        String other = dictionary("other.tlzd", 2);
        String in = file("in.u32", TOKENS);
        String stream = folder.resolve("stream.tlz").toString();
        String back = folder.resolve("back.u32").toString();
        assertThat(run(meta("pack", "--dictionary " + dictionary, in, stream))).isZero();
        assertRefused("one that is held", "unpack", stream, back);
        assertRefused("one that is held", "unpack", "--dictionary", other, stream, back);
        assertRefused("one that is held", "info", stream);
        assertThat(run("unpack", "--dictionary", other, "--dictionary", dictionary, stream, back))
                .isZero();
        assertThat(ids(back)).isEqualTo(TOKENS);
        assertThat(run("info", "--dictionary", dictionary, stream)).isZero();
        assertThat(printed).contains("SHARED", "3 entries");
        assertThat(run("cat", "--text", "--range", "1:4", "--dictionary", dictionary, stream))
                .isZero();
        assertThat(printed.lines()).containsExactly("7", "14", "4");
    }
}
