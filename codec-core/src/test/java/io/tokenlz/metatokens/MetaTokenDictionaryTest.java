package io.tokenlz.metatokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** META-TOKENS.md, section 7. */
class MetaTokenDictionaryTest {
    private static final byte[] NAME = "o200k".getBytes(StandardCharsets.US_ASCII);
    private static final int LENGTHS = 22 + 5;
    private static final int TOKENS = LENGTHS + 3 * 4;
    private static final int CHECK = TOKENS + 7 * 4;

    private static MetaTokenDictionary dictionary() {
        return MetaTokenDictionary.of(1000, 7, NAME, new int[] {5, 6}, new int[] {1, 2, 3}, new int[] {5, 999});
    }

    @Test
    void isWrittenAsDocumented() {
        byte[] file = dictionary().toBytes();
        String expected = "544c5a44" // TLZD
                + "01" + "05" // version, length of the name
                + "07000000" + "e8030000" // revision 7, V = 1000
                + "03000000" + "07000000" // three entries of seven tokens
                + "6f3230306b" // o200k
                + "02000000" + "03000000" + "02000000"
                + "05000000" + "06000000"
                + "01000000" + "02000000" + "03000000"
                + "05000000" + "e7030000";
        assertThat(HexFormat.of().formatHex(file, 0, CHECK)).isEqualTo(expected);
        assertThat(Arrays.copyOfRange(file, CHECK, file.length)).isEqualTo(sum(file, CHECK));
    }

    @Test
    void comesBackAsItWas() {
        MetaTokenDictionary back = MetaTokenDictionary.read(dictionary().toBytes());
        assertThat(back).isEqualTo(dictionary()).hasSameHashCodeAs(dictionary());
        assertThat(back.size()).isEqualTo(3);
        assertThat(back.entry(1)).containsExactly(1, 2, 3);
        assertThat(back.longestEntry()).isEqualTo(3);
        assertThat(back.vocabularySize()).isEqualTo(1000);
        assertThat(back.revision()).isEqualTo(7);
        assertThat(back.vocabularyFingerprint()).isEqualTo(NAME);
        assertThat(back.fingerprint()).hasSize(32).isEqualTo(dictionary().fingerprint());
        assertThat(back.toString()).contains("3 entries", "revision 7");
        assertThatThrownBy(() -> back.entry(3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void anythingElseIsAnotherDictionary() {
        MetaTokenDictionary one = dictionary();
        int[][] entries = {one.entry(0), one.entry(1), one.entry(2)};
        assertThat(MetaTokenDictionary.of(1000, 7, NAME, entries)).isEqualTo(one);
        assertThat(MetaTokenDictionary.of(1001, 7, NAME, entries)).isNotEqualTo(one);
        assertThat(MetaTokenDictionary.of(1000, 8, NAME, entries)).isNotEqualTo(one);
        assertThat(MetaTokenDictionary.of(1000, 7, new byte[0], entries)).isNotEqualTo(one);
        assertThat(MetaTokenDictionary.of(1000, 7, NAME, entries[1], entries[0], entries[2]))
                .isNotEqualTo(one);
        assertThat(MetaTokenDictionary.of(1000, 7, NAME, entries[0], entries[1]))
                .isNotEqualTo(one);
    }

    @Test
    void refusesWhatIsNoDictionary() {
        assertRefused(0, "magic", file -> file[0] = 'X');
        assertRefused(3, "magic", file -> file[3] = 0);
        assertRefused(4, "version 1", file -> file[4] = 2);
        assertRefused(5, "0 to 32 bytes", file -> file[5] = 33);
        assertRefused(5, "0 to 32 bytes", file -> file[5] = -1);
        assertRefused(6, "revision", file -> put(file, 6, -1));
        assertRefused(10, "vocabulary", file -> put(file, 10, 0));
        assertRefused(14, "1 to 1048576 entries", file -> put(file, 14, 0));
        assertRefused(14, "1 to 1048576 entries", file -> put(file, 14, (1 << 20) + 1));
        assertRefused(18, "16777216 tokens", file -> put(file, 18, (1 << 24) + 1));
        assertRefused(18, "tokens", file -> put(file, 18, -7));
        // what is claimed is held against the file's length before it is believed
        assertRefused(CHECK + 32, "the end of the file", file -> put(file, 14, 1 << 20));
        assertRefused(CHECK + 32, "the end of the file", file -> put(file, 18, 1 << 24));
        assertRefused(CHECK + 28, "the end of the file", file -> put(file, 18, 6));
        assertRefused(LENGTHS, "2 to 7", file -> put(file, LENGTHS, 1));
        assertRefused(LENGTHS + 4, "2 to 5", file -> put(file, LENGTHS + 4, 6));
        assertRefused(LENGTHS + 4, "2 to 5", file -> put(file, LENGTHS + 4, -3));
        assertRefused(LENGTHS + 8, "3 tokens in the last entry", file -> put(file, LENGTHS + 4, 2));
        assertRefused(TOKENS + 24, "below 1000", file -> put(file, TOKENS + 24, 1000));
        assertRefused(TOKENS, "below 1000", file -> put(file, TOKENS, -1));
        assertRefused(TOKENS + 20, "unlike those before", file -> put(file, TOKENS + 24, 6));
    }

    /** Changes a file, and puts its check right again, so that something else has to find out. */
    private static void assertRefused(int position, String expected, Consumer<byte[]> change) {
        byte[] file = dictionary().toBytes();
        change.accept(file);
        System.arraycopy(sum(file, CHECK), 0, file, CHECK, 32);
        assertThatThrownBy(() -> MetaTokenDictionary.read(file))
                .isInstanceOfSatisfying(MalformedDictionaryException.class, malformed -> {
                    assertThat(malformed.position()).isEqualTo(position);
                    assertThat(malformed.expected()).contains(expected);
                    assertThat(malformed.found()).isNotEmpty();
                    assertThat(malformed).hasMessageContaining(malformed.found());
                });
    }

    private static void put(byte[] file, int at, int value) {
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
    }

    private static byte[] sum(byte[] file, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(file, 0, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError(missing);
        }
    }

    @Test
    void everyCutAndEveryChangedByteIsRefused() {
        byte[] file = dictionary().toBytes();
        for (int length = 0; length < file.length; length++) {
            byte[] cut = Arrays.copyOf(file, length);
            int end = length;
            assertThatThrownBy(() -> MetaTokenDictionary.read(cut))
                    .isInstanceOfSatisfying(
                            MalformedDictionaryException.class,
                            malformed -> assertThat(malformed.position()).isEqualTo(end));
            byte[] changed = file.clone();
            changed[length] ^= 0x10;
            assertThatThrownBy(() -> MetaTokenDictionary.read(changed))
                    .isInstanceOf(MalformedDictionaryException.class);
        }
        byte[] longer = Arrays.copyOf(file, file.length + 1);
        assertThatThrownBy(() -> MetaTokenDictionary.read(longer))
                .isInstanceOfSatisfying(
                        MalformedDictionaryException.class,
                        malformed -> assertThat(malformed.position()).isEqualTo(file.length));
    }

    /** Whatever the bytes, a dictionary or the one exception, at a position inside the file. */
    @Test
    void hostileFilesEndInTheOneException() {
        Random random = new Random(1);
        byte[] valid = dictionary().toBytes();
        for (int i = 0; i < 50_000; i++) {
            byte[] file = valid.clone();
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                int at = 4 + random.nextInt(CHECK - 4);
                file[at] = random.nextBoolean() ? (byte) random.nextInt(4) : (byte) random.nextInt();
            }
            System.arraycopy(sum(file, CHECK), 0, file, CHECK, 32);
            try {
                assertThat(MetaTokenDictionary.read(file).toBytes()).isEqualTo(file);
            } catch (MalformedDictionaryException malformed) {
                assertThat(malformed.position()).isBetween(0L, (long) file.length);
            }
        }
    }

    @Test
    void misuseIsNamed() {
        byte[] none = {};
        assertMisuse("vocabularySize", () -> MetaTokenDictionary.of(0, 1, none, new int[] {0, 0}));
        assertMisuse("revision", () -> MetaTokenDictionary.of(9, -1, none, new int[] {0, 0}));
        assertMisuse("vocabularyFingerprint", () -> MetaTokenDictionary.of(9, 1, new byte[33], new int[] {0, 0}));
        assertMisuse("entries", () -> MetaTokenDictionary.of(9, 1, none));
        assertMisuse("entry 1", () -> MetaTokenDictionary.of(9, 1, none, new int[] {0, 0}, new int[] {1}));
        assertMisuse("entry 0", () -> MetaTokenDictionary.of(9, 1, none, new int[] {0, 9}));
        assertMisuse("entry 0", () -> MetaTokenDictionary.of(9, 1, none, new int[] {0, -1}));
        assertMisuse("entry 2", () -> {
            int[] run = {1, 2};
            MetaTokenDictionary.of(9, 1, none, run, new int[] {0, 0}, run);
        });
    }

    @Test
    void theSmallestDictionaryIsOne() {
        MetaTokenDictionary smallest = MetaTokenDictionary.of(1, 0, new byte[32], new int[] {0, 0});
        assertThat(smallest.size()).isEqualTo(1);
        assertThat(smallest.longestEntry()).isEqualTo(2);
        assertThat(smallest.revision()).isZero();
        assertThat(smallest.vocabularyFingerprint()).hasSize(32);
        assertThat(MetaTokenDictionary.read(smallest.toBytes())).isEqualTo(smallest);
        assertThat(smallest).doesNotHaveSameHashCodeAs(dictionary());
        assertThat(smallest)
                .hasToString("dictionary of 1 entries, revision 0, fingerprint "
                        + HexFormat.of().formatHex(smallest.fingerprint()));
        assertThat(smallest.automaton()).isSameAs(smallest.automaton());
    }

    @Test
    void aFileOfAnotherLengthSaysByHowMuch() {
        byte[] file = dictionary().toBytes();
        assertThatThrownBy(() -> MetaTokenDictionary.read(Arrays.copyOf(file, file.length + 3)))
                .hasMessageContaining("the end of the file behind " + file.length + " bytes, found 3 bytes more");
        assertThatThrownBy(() -> MetaTokenDictionary.read(Arrays.copyOf(file, file.length - 3)))
                .hasMessageContaining("the end of the file behind " + file.length + " bytes, found the end");
        assertThatThrownBy(() -> MetaTokenDictionary.read(Arrays.copyOf(file, 21)))
                .hasMessageContaining("at least 22 bytes, found the end");
        assertThatThrownBy(() -> MetaTokenDictionary.read(Arrays.copyOf(file, 22)))
                .hasMessageContaining("behind " + file.length + " bytes");
    }

    @Test
    void aConfigurationRefusesADictionaryThatDoesNotFit() {
        MetaTokenDictionary dictionary = dictionary();
        assertMisuse(
                "for the form SHARED",
                () -> MetaTokenConfig.builder(1000).form(MetaTokenForm.SHARED).build());
        assertMisuse(
                "for the form SHARED",
                () -> MetaTokenConfig.builder(1000)
                        .dictionary(dictionary)
                        .form(MetaTokenForm.FLAT)
                        .build());
        assertMisuse(
                "vocabulary of 1001",
                () -> MetaTokenConfig.builder(1001).dictionary(dictionary).build());
        assertMisuse(
                "window of 2",
                () -> MetaTokenConfig.builder(1000)
                        .dictionary(dictionary)
                        .window(2)
                        .build());
        assertMisuse(
                "pool has meta-tokens, 2",
                () -> MetaTokenConfig.builder(1000)
                        .dictionary(dictionary)
                        .addPool(2000, 2001)
                        .build());
        assertMisuse(
                "no reserved ID in an entry, has 999",
                () -> MetaTokenConfig.builder(1000)
                        .dictionary(dictionary)
                        .addPool(990, 999)
                        .build());
        assertMisuse(
                "no protected ID in an entry, has 3",
                () -> MetaTokenConfig.builder(1000)
                        .dictionary(dictionary)
                        .protect(3, 3)
                        .build());
        assertThat(MetaTokenConfig.builder(1000)
                        .dictionary(dictionary)
                        .window(3)
                        .addPool(2000, 2002)
                        .build()
                        .poolSize())
                .as("a window as long as the longest entry, a pool of as many as there are entries")
                .isEqualTo(3);
        assertMisuse(
                "shuffled",
                () -> MetaTokenConfig.builder(1000)
                        .dictionary(dictionary)
                        .shuffled(1)
                        .build());
        MetaTokenConfig config =
                MetaTokenConfig.builder(1000).dictionary(dictionary).build();
        assertThat(config.poolSize()).isEqualTo(3);
        assertThat(config.encodedVocabularySize()).isEqualTo(1005);
        assertThat(config.dictionary()).isSameAs(dictionary);
        assertThat(config).isNotEqualTo(MetaTokenConfig.of(1000));
        assertThat(config.toString()).contains("SHARED", "3 entries");
    }

    private static void assertMisuse(String named, Runnable misuse) {
        assertThatThrownBy(misuse::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
    }
}
