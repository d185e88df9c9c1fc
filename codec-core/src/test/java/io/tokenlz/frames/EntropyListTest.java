package io.tokenlz.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Entropy lists as they are written (FORMAT.md, section 7.3): which form is chosen, and that each is read back. */
class EntropyListTest {
    private static final int CODE_BITS = 12;
    private final EntropyList lists = new EntropyList(CODE_BITS);
    private final EntropyListReader reader = new EntropyListReader();

    /** Writes a list from the middle of an array, reads it back; its bytes. */
    private byte[] written(int... numbers) {
        return written(lists, numbers);
    }

    private byte[] written(EntropyList writer, int... numbers) {
        int[] placed = new int[numbers.length + 9];
        Arrays.fill(placed, 1 << 30);
        System.arraycopy(numbers, 0, placed, 5, numbers.length);
        ByteSink sink = new ByteSink();
        sink.putByte(99);
        writer.write(placed, 5, numbers.length, sink);
        assertThat(sink.bytes[0]).isEqualTo((byte) 99);
        PayloadSource source = new PayloadSource();
        source.open(Arrays.copyOf(sink.bytes, sink.length + PayloadSource.SLACK), 1, sink.length);
        int[] target = new int[numbers.length + 7];
        reader.read(source, target, 0, numbers.length);
        assertThat(source.at).isEqualTo(source.end);
        assertThat(Arrays.copyOf(target, numbers.length)).isEqualTo(numbers);
        return Arrays.copyOfRange(sink.bytes, 1, sink.length);
    }

    private static int[] repeated(int count, int number) {
        int[] numbers = new int[count];
        Arrays.fill(numbers, number);
        return numbers;
    }

    /** From 24 numbers on; shorter ones are packed, and so are numbers that get no count of their own. */
    @Test
    void numbersThatAreAllTheSame() {
        assertThat(written(repeated(24, 0))).containsExactly(1, 0);
        assertThat(written(repeated(24, 300))).containsExactly(1, 0xAC, 2);
        assertThat(written(repeated(5000, (1 << 20) - 1))).containsExactly(1, 0xFF, 0xFF, 0x3F);
        assertThat(written(repeated(23, 300))[0]).isZero();
        assertThat(written(repeated(24, 1 << 20))[0]).as("not counted").isNotEqualTo((byte) 1);
        int[] butOne = repeated(24, 300);
        butOne[23] = 301;
        assertThat(written(butOne)[0]).isNotEqualTo((byte) 1);
        int[] butALargeOne = repeated(24, 300);
        butALargeOne[11] = 1 << 20;
        assertThat(written(butALargeOne)[0]).isNotEqualTo((byte) 1);
    }

    /** A code has two symbols, though the numbers have but one magnitude: the other is the magnitude 0. */
    @Test
    void numbersOfOneMagnitude() {
        int[] numbers = IntStream.range(0, 400).map(i -> 512 + i).toArray();
        byte[] magnitudes = written(numbers);
        // a code of one bit for the magnitudes 0 and 10: gaps 0 and 9, and 400 numbers of 1 + 9 bits in four streams of
        // 125 bytes
        assertThat(Arrays.copyOf(magnitudes, 10)).containsExactly(2, 1, 2, 0x11, 2, 9, 125, 125, 125, 125);
        assertThat(magnitudes).hasSize(510);
        int[] withTwo = numbers.clone();
        for (int i = 0; i < 300; i++) {
            withTwo[i] = 512 + (i & 1);
        }
        byte[] list = written(withTwo);
        assertThat(list[0]).isEqualTo((byte) 2);
        assertThat(list).hasSizeLessThan(400);
    }

    /** Section 7.3.3: each of the four streams ends in the byte of its last number's last bit, not before and not behind. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void aStreamThatIsTooLongOrTooShort(int stream) {
        byte[] list = written(IntStream.range(0, 400).map(i -> 512 + i).toArray());
        int end = 10 + 125 * (stream + 1);
        byte[] longer = new byte[list.length + 1];
        System.arraycopy(list, 0, longer, 0, end);
        System.arraycopy(list, end, longer, end + 1, list.length - end);
        longer[6 + stream]++;
        assertRefused(longer, "a bit stream that ends with its last number", "one that doesn't");
        byte[] shorter = Arrays.copyOf(list, list.length - 1);
        System.arraycopy(list, end, shorter, end - 1, list.length - end);
        shorter[6 + stream]--;
        assertRefused(shorter, "a list of 400 numbers", "a bit stream's end");
    }

    private void assertRefused(byte[] list, String expected, String found) {
        PayloadSource source = new PayloadSource();
        source.open(Arrays.copyOf(list, list.length + PayloadSource.SLACK), 0, list.length);
        assertThatThrownBy(() -> reader.read(source, new int[407], 0, 400))
                .isInstanceOfSatisfying(MalformedPayload.class, refused -> {
                    assertThat(refused.found).isEqualTo(found);
                    assertThat(refused.expected).isEqualTo(expected);
                });
    }

    /** A number too wide for a table's entries beside 63 others, all in codes of six bits. */
    @ParameterizedTest
    @ValueSource(ints = {100, 255, 256, 300})
    void oneWideNumberAmongMany(int count) {
        int[] symbolNumbers = IntStream.range(0, 64)
                .map(i -> i == 63 ? (1 << 20) + 50 : 1000 + 7 * i)
                .toArray();
        ByteSink list = new ByteSink();
        list.putByte(EntropyList.FORM_PREFIX);
        list.putByte(6);
        for (int length = 1; length <= 6; length++) {
            list.putVarint(length == 6 ? 64 : 0);
        }
        int[] gaps = new int[64];
        for (int i = 0; i < 64; i++) {
            gaps[i] = symbolNumbers[i] - (i == 0 ? -EntropyList.MAGNITUDES : symbolNumbers[i - 1] + 1);
        }
        new PackedList().write(gaps, 0, 64, list);
        int streams = count < 256 ? 1 : 4;
        ByteSink body = new ByteSink();
        for (int stream = 0; stream < streams; stream++) {
            int start = body.length;
            long bits = 0;
            int filled = 0;
            for (int i = stream; i < count; i += streams) {
                bits |= (long) (Integer.reverse(place(i)) >>> 26) << filled;
                for (filled += 6; filled >= 8; filled -= 8, bits >>>= 8) {
                    body.putByte((int) bits);
                }
            }
            if (filled > 0) {
                body.putByte((int) bits);
            }
            list.putVarint(body.length - start);
        }
        list.putBytes(body.bytes, 0, body.length);
        PayloadSource source = new PayloadSource();
        source.open(Arrays.copyOf(list.bytes, list.length + PayloadSource.SLACK), 0, list.length);
        int[] target = new int[count + 7];
        reader.read(source, target, 0, count);
        int[] expected =
                IntStream.range(0, count).map(i -> symbolNumbers[place(i)]).toArray();
        assertThat(Arrays.copyOf(target, count)).isEqualTo(expected);
        assertThat(source.at).isEqualTo(source.end);
    }

    private static int place(int i) {
        return i % 5 == 0 ? 63 : (int) (TokenShape.mixed(i) % 64);
    }

    /** More numbers would pay for a symbol than codes of 12 bits have room for. */
    @Test
    void moreNumbersThanSymbols() {
        int[] numbers =
                IntStream.range(0, 1 << 16).map(i -> (1 << 17) + 3 * (i % 5000)).toArray();
        byte[] list = written(numbers);
        assertThat(list[0]).isEqualTo((byte) 2);
        assertThat(list[1]).as("the longest code").isEqualTo((byte) CODE_BITS);
        assertThat(list.length * 8L).isLessThan(15L << 16);
    }

    /** The longest code that there may be, 14 bits (section 7.3). */
    @Test
    void aCodeOf14Bits() {
        // each power of two half as often as the one before: 16 of them
        int[] numbers = IntStream.range(0, 60_000)
                .map(i -> 1 << Long.numberOfTrailingZeros(TokenShape.mixed(i) | 1L << 20))
                .toArray();
        byte[] list = written(new EntropyList(EntropyList.MOST_CODE_BITS), numbers);
        assertThat(list[0]).isEqualTo((byte) 2);
        assertThat(list[1]).isEqualTo((byte) 14);
    }

    /** What one list leaves behind is not in the next: the same lists in any order are the same. */
    @ParameterizedTest
    @EnumSource
    void aListIsTheSameAfterOthers(TokenShape shape) {
        int[] numbers = shape.tokens(700);
        byte[] first = new EntropyListTest().written(numbers);
        for (TokenShape before : TokenShape.values()) {
            written(before.tokens(900));
            assertThat(written(numbers)).isEqualTo(first);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 23, 24, 25, 255, 256, 257, 258, 259, 260, 263, 264, 2047, 2048, 20_000})
    void listsOfAnyLengthAreHardlyLongerThanPackedOnes(int count) {
        for (TokenShape shape : TokenShape.values()) {
            int[] numbers = shape.tokens(count);
            ByteSink packed = new ByteSink();
            new PackedList().write(numbers, 0, count, packed);
            // what is compared leaves out the streams' lengths and takes a mask at its longest
            assertThat(written(numbers).length).isLessThanOrEqualTo(packed.length + 1 + Varints.MOST_BYTES + 2 * 4 + 3);
        }
    }
}
