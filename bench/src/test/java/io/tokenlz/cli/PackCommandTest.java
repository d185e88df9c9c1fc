package io.tokenlz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.BufferByteOutput;
import io.tokenlz.frames.FrameWriter;
import io.tokenlz.frames.FrameWriterOptions;
import io.tokenlz.frames.StreamHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** pack, unpack, cat and info, in process. */
class PackCommandTest extends InProcessCommandLine {
    private static final int VOCABULARY = 60_000;
    private static final int[] TOKENS = tokens(150_000);

    /** With empty documents at the start, in the middle and at the end. */
    private static final long[] STARTS = {0, 0, 1, 70_000, 70_000, 149_000, 150_000, 150_000};

    private static final int UINT16 = 8;
    private static final int INT32 = 4;

    private String packed = "";
    private String unpacked = "";

    @BeforeEach
    void name() {
        packed = folder.resolve("packed.tlz").toString();
        unpacked = folder.resolve("unpacked.u32").toString();
    }

    private static int[] tokens(int count) {
        Random random = new Random(7);
        return IntStream.range(0, count)
                .map(i -> i % 16 < 13 ? i % 16 * (i % 3 + 1) : random.nextInt(VOCABULARY))
                .toArray();
    }

    private long[] numbers(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve(name));
        long[] numbers = new long[bytes.length / Long.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(numbers);
        return numbers;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private void pack(String options, String in) {
        List<String> arguments = new ArrayList<>(List.of("pack", "--vocab-size", "" + VOCABULARY));
        if (!options.isEmpty()) {
            arguments.addAll(List.of(options.split(" ")));
        }
        arguments.addAll(List.of(in, packed));
        assertThat(run(arguments.toArray(new String[0]))).as(complained).isZero();
        assertThat(printed + complained).isEmpty();
    }

    private void unpack(String... optionsAndOut) {
        List<String> arguments = new ArrayList<>(List.of("unpack"));
        arguments.addAll(List.of(optionsAndOut).subList(0, optionsAndOut.length - 1));
        arguments.addAll(List.of(packed, optionsAndOut[optionsAndOut.length - 1]));
        assertThat(run(arguments.toArray(new String[0]))).as(complained).isZero();
        assertThat(printed + complained).isEmpty();
    }

    private JsonNode info() throws IOException {
        assertThat(run("info", "--json", packed)).as(complained).isZero();
        return new ObjectMapper().readTree(printed);
    }

    private void assertPrinted(int[] tokens, long from, long to) {
        assertThat(complained).isEmpty();
        assertThat(printed)
                .isEqualTo(IntStream.of(Arrays.copyOfRange(tokens, (int) from, (int) to))
                        .mapToObj(token -> token + "\n")
                        .collect(Collectors.joining()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--block", "--block=1000", "--storage", "--codec meta --form nested"})
    void idsComeBackWithTheirDocumentsWholeAndInParts(String options) throws IOException {
        String in = file("tokens.u32", TOKENS);
        index("tokens.idx", STARTS);
        pack(options, in);
        assertThat(Files.size(Path.of(packed))).isLessThan(4L * TOKENS.length / 4);
        unpack(unpacked);
        assertThat(ids(unpacked)).isEqualTo(TOKENS);
        assertThat(numbers("unpacked.idx")).isEqualTo(STARTS);

        run("cat", "--text", packed);
        assertPrinted(TOKENS, 0, TOKENS.length);
        for (int document = 0; document < STARTS.length - 1; document++) {
            run("cat", "--text", "--document", "" + document, packed);
            assertPrinted(TOKENS, STARTS[document], STARTS[document + 1]);
        }
        assertRange("65530:65545", 65_530, 65_545);
        assertRange("149990:", 149_990, 150_000);
        assertRange(":3", 0, 3);
        assertRange("150000:150000", 150_000, 150_000);
        assertRange(":", 0, 150_000);
    }

    private void assertRange(String range, int from, int to) {
        run("cat", "--text", "--range", range, packed);
        assertPrinted(TOKENS, from, to);
    }

    @Test
    void infoTellsWhatTheStreamIs() throws IOException {
        String in = file("tokens.u32", TOKENS);
        index("tokens.idx", STARTS);
        pack("--block=1000 --tokenizer c0ffee", in);
        JsonNode info = info();
        assertThat(info.get("version").intValue()).isEqualTo(1);
        assertThat(info.get("vocabulary").intValue()).isEqualTo(VOCABULARY);
        assertThat(info.get("codec").textValue()).isEqualTo("none");
        assertThat(info.get("window").intValue()).isZero();
        assertThat(info.get("tokenizer").textValue()).isEqualTo("c0ffee");
        assertThat(info.get("dictionary").textValue()).isEqualTo("none");
        assertThat(info.get("stored").booleanValue()).isTrue();
        assertThat(info.get("tokens").intValue()).isEqualTo(TOKENS.length);
        assertThat(info.get("documents").intValue()).isEqualTo(STARTS.length - 1);
        assertThat(info.get("restarts").intValue()).isEqualTo(150);
        long bytes = Files.size(Path.of(packed));
        assertThat(info.get("fileBytes").longValue()).isEqualTo(bytes);
        assertThat(info.get("bytesPerToken").doubleValue()).isEqualTo((double) bytes / TOKENS.length);
        assertThat(info.get("indexBytes").longValue()).isBetween(10L, 1000L);

        pack("--codec meta", in);
        assertThat(info().get("codec").textValue()).isEqualTo("meta-tokens");
        assertThat(info().get("window").intValue()).isEqualTo(1 << 20);
        assertThat(info().get("restarts").intValue()).isEqualTo(1);
        assertThat(run("info", packed)).isZero();
        assertThat(printed).contains("codec           meta-tokens", "tokens          150,000", "configuration");
    }

    @Test
    void oneDocumentNeedsNoIndexUnlessAnOldOneLiesThere() throws IOException {
        pack("", file("tokens.u32", TOKENS));
        unpack(unpacked);
        assertThat(names()).containsExactly("packed.tlz", "tokens.u32", "unpacked.u32");
        index("unpacked.idx", 0, 3, 4);
        unpack(unpacked);
        assertThat(numbers("unpacked.idx")).containsExactly(0, TOKENS.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--block", "--storage"})
    void anEmptyFileIsOneEmptyDocument(String options) throws IOException {
        pack(options, file("empty.u32"));
        assertThat(info().get("documents").intValue()).isEqualTo(1);
        assertThat(info().has("bytesPerToken")).isFalse();
        unpack(unpacked);
        assertThat(Path.of(unpacked)).isEmptyFile();
        run("cat", "--text", "--document", "0", packed);
        assertPrinted(TOKENS, 0, 0);
    }

    // ---- Megatron ----

    private static byte[] megatronIndex(int type, int[] lengths, long[] pointers, long... documents) {
        return megatronIndex(1, type, lengths.length, documents.length, lengths, pointers, documents);
    }

    private static byte[] megatronIndex(
            long version, int type, long sequences, long entries, int[] lengths, long[] pointers, long... documents) {
        ByteBuffer bytes = ByteBuffer.allocate(34 + 12 * lengths.length + 8 * documents.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("MMIDIDX\0\0".getBytes(StandardCharsets.US_ASCII))
                .putLong(version)
                .put((byte) type)
                .putLong(sequences)
                .putLong(entries);
        for (int length : lengths) {
            bytes.putInt(length);
        }
        for (long pointer : pointers) {
            bytes.putLong(pointer);
        }
        for (long document : documents) {
            bytes.putLong(document);
        }
        return bytes.array();
    }

    private String megatron(String name, int type, int... tokens) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(4 * tokens.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int token : tokens) {
            if (type == UINT16) {
                bytes.putShort((short) token);
            } else {
                bytes.putInt(token);
            }
        }
        return Files.write(folder.resolve(name), Arrays.copyOf(bytes.array(), bytes.position()))
                .toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {UINT16, INT32})
    void megatronSequencesBecomeDocumentsInTheirOrder(int type) throws IOException {
        int width = type == UINT16 ? 2 : 4;
        String in = megatron("corpus.bin", type, 59_999, 1, 2, 3, 4, 5, 6, 7);
        // one document of two sequences, of which the first lies behind the second; an empty one; one of one sequence
        byte[] index =
                megatronIndex(type, new int[] {2, 3, 0, 2}, new long[] {6L * width, width, 0, 4L * width}, 0, 2, 2, 4);
        Files.write(folder.resolve("corpus.idx"), index);
        pack("", in);
        unpack(unpacked);
        assertThat(ids(unpacked)).containsExactly(6, 7, 1, 2, 3, 4, 5);
        assertThat(numbers("unpacked.idx")).containsExactly(0, 5, 5, 7);

        Path back = folder.resolve("back.bin");
        unpack("--dtype", type == UINT16 ? "uint16" : "int32", back.toString());
        assertThat(Files.readAllBytes(back))
                .isEqualTo(Files.readAllBytes(Path.of(megatron("same.bin", type, 6, 7, 1, 2, 3, 4, 5))));
        assertThat(Files.readAllBytes(folder.resolve("back.idx")))
                .isEqualTo(
                        megatronIndex(type, new int[] {5, 0, 2}, new long[] {0, 5L * width, 5L * width}, 0, 1, 2, 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--dtype=uint16", "--dtype=INT32"})
    void aLargeCorpusComesBackThroughMegatronFiles(String type) throws IOException {
        String in = file("tokens.u32", TOKENS);
        index("tokens.idx", STARTS);
        pack("--block", in);
        String corpus = folder.resolve("corpus.bin").toString();
        unpack(type, corpus);
        assertThat(Files.size(Path.of(corpus))).isEqualTo((type.endsWith("16") ? 2L : 4L) * TOKENS.length);
        pack("", corpus);
        unpack(unpacked);
        assertThat(ids(unpacked)).isEqualTo(TOKENS);
        assertThat(numbers("unpacked.idx")).isEqualTo(STARTS);
    }

    @Test
    void theVocabularyChoosesTheTypeOfAMegatronFile() throws IOException {
        String in = file("tokens.u32", 1, 2, 3);
        String corpus = folder.resolve("corpus.bin").toString();
        assertThat(run("pack", "--vocab-size", "65536", in, packed)).isZero();
        unpack(corpus);
        assertThat(Files.size(Path.of(corpus))).isEqualTo(6);
        assertThat(run("pack", "--vocab-size", "65537", in, packed)).isZero();
        unpack(corpus);
        assertThat(Files.size(Path.of(corpus))).isEqualTo(12);
        assertRefused("a vocabulary of 65537", "unpack", "--dtype", "uint16", packed, corpus);
        assertThat(Files.size(Path.of(corpus))).isEqualTo(12);
    }

    @Test
    void aHostileMegatronIndexIsRefused() throws IOException {
        int[] lengths = {2, 3};
        long[] pointers = {0, 4};
        assertIndexRefused("is no Megatron index", new byte[0]);
        assertIndexRefused("is no Megatron index", new byte[40]);
        assertIndexRefused("is no Megatron index", Arrays.copyOf(megatronIndex(UINT16, lengths, pointers, 0, 2), 33));
        assertIndexRefused("of version 2", megatronIndex(2, UINT16, 2, 2, lengths, pointers, 0, 2));
        assertIndexRefused("type int64 (code 5)", megatronIndex(5, lengths, pointers, 0, 2));
        assertIndexRefused("type of no name (code 200)", megatronIndex(200, lengths, pointers, 0, 2));
        for (long count : new long[] {0, 1, 3, -1, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE / 12 + 1}) {
            assertIndexRefused("bytes hold", megatronIndex(1, UINT16, count, 2, lengths, pointers, 0, 2));
            assertIndexRefused("bytes hold", megatronIndex(1, UINT16, 2, count, lengths, pointers, 0, 2));
        }
        // sizes that agree, but without a last entry
        assertIndexRefused("bytes hold", megatronIndex(UINT16, lengths, pointers));
        assertIndexRefused("bytes hold", Arrays.copyOf(megatronIndex(UINT16, lengths, pointers, 0, 2), 75));
        assertIndexRefused("a length of -1", megatronIndex(UINT16, new int[] {2, -1}, pointers, 0, 2));
        for (long pointer : new long[] {6, 10, 11, -2, Long.MIN_VALUE, Long.MAX_VALUE}) {
            assertIndexRefused("does not lie in", megatronIndex(UINT16, lengths, new long[] {0, pointer}, 0, 2));
        }
        assertIndexRefused("does not lie in", megatronIndex(UINT16, new int[] {Integer.MAX_VALUE, 3}, pointers, 0, 2));
        assertIndexRefused("begins inside a token", megatronIndex(UINT16, lengths, new long[] {1, 4}, 0, 2));
        assertIndexRefused("more tokens than", megatronIndex(UINT16, new int[] {5, 5}, new long[] {0, 0}, 0, 2));
        assertIndexRefused("begins with sequence 1", megatronIndex(UINT16, lengths, pointers, 1, 2));
        assertIndexRefused("below the one before", megatronIndex(UINT16, lengths, pointers, 0, 2, 1, 2));
        assertIndexRefused("end at sequence 1 of 2", megatronIndex(UINT16, lengths, pointers, 0, 1));
        assertIndexRefused("end at sequence 3 of 2", megatronIndex(UINT16, lengths, pointers, 0, 3));
        Files.delete(folder.resolve("corpus.idx"));
        assertRefused("corpus.idx: no such file", "pack", "--vocab-size", "9", folder + "/corpus.bin", packed);
    }

    private void assertIndexRefused(String reason, byte[] index) throws IOException {
        String corpus = megatron("corpus.bin", UINT16, 0, 1, 2, 3, 4);
        Files.write(folder.resolve("corpus.idx"), index);
        assertRefused(reason, "pack", "--vocab-size", "9", corpus, packed);
        assertThat(names()).containsExactly("corpus.bin", "corpus.idx");
    }

    // ---- what is refused ----

    @ParameterizedTest
    @ValueSource(strings = {"", "--block=30", "--storage"})
    void aDamagedStreamLeavesNoOutputBehind(String options) throws IOException {
        int[] tokens = IntStream.range(0, 80).map(i -> i * i % 23).toArray();
        String in = file("tokens.u32", tokens);
        index("tokens.idx", 0, 10, 80);
        pack(options, in);
        byte[] sound = Files.readAllBytes(Path.of(packed));
        for (int i = 0; i < sound.length; i++) {
            byte[] flipped = sound.clone();
            flipped[i] ^= (byte) (1 << i % 8);
            assertDamageIsTold(flipped, tokens);
            assertDamageIsTold(Arrays.copyOf(sound, i), tokens);
        }
        assertDamageIsTold(Arrays.copyOf(sound, sound.length + 1), tokens);
        assertThat(names()).containsExactly("packed.tlz", "tokens.idx", "tokens.u32");
        Files.write(Path.of(packed), Arrays.copyOf(sound, sound.length + 1));
        assertRefused("the stream ends at byte " + sound.length, "unpack", packed, unpacked);
    }

    private void assertDamageIsTold(byte[] damaged, int[] tokens) throws IOException {
        Files.write(Path.of(packed), damaged);
        assertRefused("packed.tlz: ", "unpack", packed, unpacked);
        // random access may never see the damage, but if it does, it says so in a line
        if (run("cat", "--text", "--document", "1", packed) == 0) {
            assertPrinted(tokens, 10, 80);
        } else {
            assertRefused("packed.tlz: ", "cat", "--text", "--document", "1", packed);
        }
    }

    @Test
    void aRefusalTellsTheByteAndTheToken() throws IOException {
        String in = file("tokens.u32", TOKENS);
        pack("--block=1000", in);
        byte[] sound = Files.readAllBytes(Path.of(packed));
        Files.write(Path.of(packed), Arrays.copyOf(sound, sound.length / 2));
        assertRefused("packed.tlz: malformed stream in the frame at byte ", "unpack", packed, unpacked);
        assertThat(complained).containsPattern("\\(token \\d+000\\): expected an end frame, found the end");
        assertThat(run("cat", "--text", packed)).isEqualTo(2);
        assertThat(complained)
                .contains("packed.tlz: malformed stream in the frame at byte ")
                .hasLineCount(1);
        assertRefused("the end of a stored stream", "info", packed);
        Files.writeString(Path.of(packed), "no stream at all");
        assertRefused("the magic bytes", "unpack", packed, unpacked);
        assertRefused("the magic bytes", "info", packed);
        assertRefused("the magic bytes", "cat", packed);
        assertRefused("the magic bytes", "cat", "--document", "0", packed);
    }

    @Test
    void aBadTokenFileOrIndexIsRefused() throws IOException {
        String in = file("tokens.u32", 1, 2, 3, 70_000);
        assertPackRefused("tokens.u32: malformed token stream at position 3", in);
        assertPackRefused(
                "ends inside a token: 5 bytes",
                Files.write(folder.resolve("partial.u32"), new byte[5]).toString());
        Files.delete(folder.resolve("partial.u32"));
        String index = index("tokens.idx", 0);
        assertPackRefused("8 bytes are no list", in);
        index("tokens.idx", 1, 4);
        assertPackRefused("starts at 1, not at 0", in);
        index("tokens.idx", 0, 3, 2, 4);
        assertPackRefused("entry 2 is 2, below the one before, 3", in);
        index("tokens.idx", 0, -1, 4);
        assertPackRefused("below the one before", in);
        index("tokens.idx", 0, 5);
        assertPackRefused("tokens.idx: ends at token 5, but " + in + " has 4 tokens", in);
        Files.write(Path.of(index), new byte[9]);
        assertPackRefused("9 bytes are no list", in);
        Files.write(Path.of(index), Arrays.copyOf(megatronIndex(UINT16, new int[0], new long[0], 0), 40));
        assertPackRefused("belongs to a .bin file", in);
        assertThat(names()).containsExactly("tokens.idx", "tokens.u32");
    }

    private void assertPackRefused(String reason, String in) {
        assertRefused(reason, "pack", "--vocab-size", "" + VOCABULARY, in, packed);
    }

    @Test
    void theIndexOfAnotherFileIsNotReplaced() throws IOException {
        pack("", file("tokens.u32", 1, 2, 3));
        byte[] megatron = megatronIndex(UINT16, new int[0], new long[0], 0);
        Files.write(folder.resolve("unpacked.idx"), megatron);
        assertRefused("unpacked.idx: is the index of a file of another kind", "unpack", packed, unpacked);
        assertThat(Files.readAllBytes(folder.resolve("unpacked.idx"))).isEqualTo(megatron);
        index("corpus.idx", 0, 1);
        assertRefused("another kind", "unpack", packed, folder + "/corpus.bin");
        assertThat(names()).containsExactly("corpus.idx", "packed.tlz", "tokens.u32", "unpacked.idx");
    }

    @Test
    void aBadFlagIsOneClearLine() throws IOException {
        String in = file("tokens.u32", 1, 2, 3);
        assertRefused("--vocab-size", "pack", in, packed);
        assertRefused("--vocab-size must be at least 1", "pack", "--vocab-size", "0", in, packed);
        assertPackFlagRefused("--block must be 1 to 1048576, is 0", "--block=0");
        assertPackFlagRefused("--block", "--block=many");
        assertPackFlagRefused("exclude each other", "--block", "--storage");
        assertPackFlagRefused("'xyz' is not 1 to 32 bytes in hexadecimal", "--tokenizer", "xyz");
        assertPackFlagRefused("--tokenizer must have at most 32 bytes", "--tokenizer", "ab".repeat(33));
        assertPackFlagRefused("need --codec", "--form", "nested");
        assertPackFlagRefused("takes no option of hypertokens", "--codec", "meta", "--pad", "1");
        assertRefused("text.txt: must end in .u32 or .bin", "pack", "--vocab-size", "9", folder + "/text.txt", packed);
        assertRefused("missing.u32: no such file", "pack", "--vocab-size", "9", folder + "/missing.u32", packed);
        assertRefused("IN: is empty", "pack", "--vocab-size", "9", "", packed);
        assertRefused("no such folder", "pack", "--vocab-size", "9", in, folder + "/no/folder.tlz");

        pack("", in);
        assertRefused("must end in .u32 or .bin", "unpack", packed, folder + "/out.txt");
        assertRefused("--dtype is only for a .bin file", "unpack", "--dtype", "int32", packed, unpacked);
        assertRefused("--dtype", "unpack", "--dtype", "int64", packed, folder + "/out.bin");
        assertRefused("missing.tlz: no such file", "unpack", folder + "/missing.tlz", unpacked);
        assertRefused("is a directory", "info", folder.toString());
        assertRefused("missing.tlz: no such file", "cat", folder + "/missing.tlz");
        assertCatRefused("exclude each other", "--document", "0", "--range", "0:1");
        assertCatRefused("has documents 0 to 0, not 1", "--document", "1");
        assertCatRefused("has documents 0 to 0, not -1", "--document=-1");
        for (String range : List.of("", "1", "a:2", "1:2:3", "1-2", "99999999999999999999:")) {
            assertCatRefused("is not A:B", "--range", range);
        }
        for (String range : List.of("2:1", "0:4", "4:", "-1:2", ":-1")) {
            assertCatRefused("is not within the 3 tokens", "--range=" + range);
        }
        assertThat(names()).containsExactly("packed.tlz", "tokens.u32");
    }

    private void assertPackFlagRefused(String reason, String... flags) {
        List<String> arguments = new ArrayList<>(List.of("pack", "--vocab-size", "9"));
        arguments.addAll(List.of(flags));
        arguments.addAll(List.of(folder + "/tokens.u32", packed));
        assertRefused(reason, arguments.toArray(new String[0]));
    }

    private void assertCatRefused(String reason, String... flags) {
        List<String> arguments = new ArrayList<>(List.of("cat"));
        arguments.addAll(List.of(flags));
        arguments.add(packed);
        assertRefused(reason, arguments.toArray(new String[0]));
    }

    @Test
    void aStreamThatIsNotStoredCanBeReadFromItsStart() throws IOException {
        StreamHeader header = StreamHeader.builder(VOCABULARY).window(100).build();
        ByteBuffer bytes = ByteBuffer.allocate(1 << 20);
        try (FrameWriter writer = new FrameWriter(header, FrameWriterOptions.DEFAULT)) {
            BufferByteOutput output = new BufferByteOutput().wrap(bytes);
            writer.write(new ArrayTokenInput().wrap(TOKENS), output);
            writer.finish(output);
        }
        Files.write(Path.of(packed), Arrays.copyOf(bytes.array(), bytes.position()));
        unpack(unpacked);
        assertThat(ids(unpacked)).isEqualTo(TOKENS);
        unpack(folder.resolve("corpus.bin").toString());
        assertThat(Files.readAllBytes(folder.resolve("corpus.idx")))
                .isEqualTo(megatronIndex(UINT16, new int[] {TOKENS.length}, new long[] {0}, 0, 1));
        run("cat", "--text", packed);
        assertPrinted(TOKENS, 0, TOKENS.length);
        assertCatRefused("a stored stream", "--document", "0");
        assertThat(info().get("stored").booleanValue()).isFalse();
        assertThat(info().get("window").intValue()).isEqualTo(100);
        assertThat(info().has("tokens")).isFalse();
        assertThat(run("info", packed)).isZero();
        assertThat(printed).contains("Not a stored stream");
        // a header is enough
        Files.write(Path.of(packed), Arrays.copyOf(bytes.array(), 40));
        assertThat(info().get("vocabulary").intValue()).isEqualTo(VOCABULARY);
    }
}
