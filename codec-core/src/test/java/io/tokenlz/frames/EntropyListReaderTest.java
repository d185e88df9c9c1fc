package io.tokenlz.frames;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Lists that our writer never makes, and others may (FORMAT.md, section 7.3): codes for numbers of up to 31 bits, and lower
 * bits that don't leave two numbers room in a word. Two symbols, each with a code of one bit.
 */
class EntropyListReaderTest {
    private static final int ROOM_BEHIND = 7;

    /** Counts around those where one bit stream becomes four, and where the last group of eight is not whole. */
    @ParameterizedTest
    @CsvSource({"255", "256", "257", "263", "264", "300", "1003", "5000"})
    void numbersOfAllWidths(int count) {
        for (int large : new int[] {6, (1 << 20) - 33, (1 << 20) - 32, 1 << 20, Integer.MAX_VALUE}) {
            int[] numbers = new int[count];
            for (int i = 0; i < count; i++) {
                numbers[i] = isSecond(i) ? large : 5;
            }
            assertRead(numbers, 5 + EntropyList.MAGNITUDES, large + (long) EntropyList.MAGNITUDES, 0, 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"255", "256", "257", "300", "1003", "5000"})
    void magnitudesOfAllWidths(int count) {
        for (int lowerBits = 1; lowerBits <= 30; lowerBits++) {
            int[] numbers = new int[count];
            for (int i = 0; i < count; i++) {
                numbers[i] = isSecond(i) ? (1 << lowerBits) | (((i * 0x9E3779B1) >>> 1) & ((1 << lowerBits) - 1)) : 0;
            }
            assertRead(numbers, 0, lowerBits + 1, 0, lowerBits);
        }
    }

    /** Where one number is wide, magnitudes are read as symbols' places, too. */
    @ParameterizedTest
    @CsvSource({"255", "256", "1003"})
    void magnitudesBesideWideNumbers(int count) {
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = isSecond(i) ? 1 << 30 : 8 | (i & 7);
        }
        assertRead(numbers, 4, (1 << 30) + EntropyList.MAGNITUDES, 3, 0);
    }

    private static boolean isSecond(int place) {
        return (place * 0x9E3779B1) >>> 30 == 3;
    }

    private static void assertRead(int[] numbers, long first, long second, int lowerOfFirst, int lowerOfSecond) {
        ByteSink list = write(numbers, first, second, lowerOfFirst, lowerOfSecond);
        PayloadSource source = new PayloadSource();
        source.open(Arrays.copyOf(list.bytes, list.length + PayloadSource.SLACK), 0, list.length);
        int[] target = new int[numbers.length + ROOM_BEHIND];
        new EntropyListReader().read(source, target, 0, numbers.length);
        assertThat(Arrays.copyOf(target, numbers.length)).isEqualTo(numbers);
        assertThat(source.at).isEqualTo(list.length);
    }

    private static ByteSink write(int[] numbers, long first, long second, int lowerOfFirst, int lowerOfSecond) {
        ByteSink list = new ByteSink();
        list.putByte(EntropyList.FORM_PREFIX);
        list.putByte(1);
        list.putVarint(2);
        new PackedList().write(new int[] {(int) first, (int) (second - first - 1)}, 0, 2, list);
        int streams = numbers.length < EntropyList.FOUR_STREAMS_FROM ? 1 : EntropyList.STREAMS;
        ByteSink body = new ByteSink();
        for (int stream = 0; stream < streams; stream++) {
            int start = body.length;
            writeStream(numbers, stream, streams, lowerOfFirst, lowerOfSecond, body);
            list.putVarint(body.length - start);
        }
        list.putBytes(body.bytes, 0, body.length);
        return list;
    }

    /** Bit by bit, as plainly as can be. */
    private static void writeStream(
            int[] numbers, int stream, int streams, int lowerOfFirst, int lowerOfSecond, ByteSink body) {
        int bits = 0;
        int filled = 0;
        for (int i = stream; i < numbers.length; i += streams) {
            int lowerBits = isSecond(i) ? lowerOfSecond : lowerOfFirst;
            long value = (isSecond(i) ? 1 : 0) | ((long) (numbers[i] & ((1 << lowerBits) - 1)) << 1);
            for (int bit = 0; bit < 1 + lowerBits; bit++) {
                bits |= (int) ((value >>> bit) & 1) << filled;
                if (++filled == Byte.SIZE) {
                    body.putByte(bits);
                    bits = 0;
                    filled = 0;
                }
            }
        }
        if (filled > 0) {
            body.putByte(bits);
        }
    }
}
