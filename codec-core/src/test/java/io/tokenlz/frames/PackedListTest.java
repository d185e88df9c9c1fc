package io.tokenlz.frames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packed lists (FORMAT.md, section 7.2) of any classes, as any writer may make them: put together bit by bit. */
class PackedListTest {
    /** A reader may write so many numbers more than there are. */
    private static final int ROOM_BEHIND = 7;

    private static final int MARK = -5;

    /** A number of each class by turns, all its bits set or some of them. */
    private static int[] numbers(int count, int... widths) {
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
            long widest = (1L << widths[i % widths.length]) - 1;
            numbers[i] = (int) (i % 3 == 0 ? widest : TokenShape.mixed(i) & widest);
        }
        return numbers;
    }

    private static byte[] list(int[] numbers, int... widths) {
        long mask = 0;
        for (int width : widths) {
            mask |= 1L << width;
        }
        int classBits = Integer.SIZE - Integer.numberOfLeadingZeros(widths.length - 1);
        ByteSink list = new ByteSink();
        list.putVarint(mask);
        int[] classes = new int[numbers.length];
        Arrays.setAll(classes, i -> i % widths.length);
        putBits(list, classes, classBits);
        putBits(list, numbers, widths);
        return Arrays.copyOf(list.bytes, list.length);
    }

    private static void putBits(ByteSink list, int[] numbers, int... widths) {
        int filled = 0;
        int bits = 0;
        for (int i = 0; i < numbers.length; i++) {
            for (int bit = 0; bit < widths[i % widths.length]; bit++) {
                bits |= ((numbers[i] >>> bit) & 1) << filled;
                filled++;
                if (filled == 8) {
                    list.putByte(bits);
                    filled = 0;
                    bits = 0;
                }
            }
        }
        if (filled > 0) {
            list.putByte(bits);
        }
    }

    private static PayloadSource source(byte[] list, int before, int behind) {
        byte[] bytes = new byte[before + list.length + behind + PayloadSource.SLACK];
        Arrays.fill(bytes, (byte) 0xFF);
        System.arraycopy(list, 0, bytes, before, list.length);
        PayloadSource source = new PayloadSource();
        source.open(bytes, before, before + list.length + behind);
        return source;
    }

    @ParameterizedTest
    @CsvSource({
        "0",
        "1",
        "5",
        "27",
        "28",
        "29",
        "31",
        "0 1",
        "3 28",
        "3 29",
        "0 31",
        "1 2 3",
        "0 7 30 31",
        "1 4 9 16 25",
        "0 1 2 3 4 5 6 7",
        "24 25 26 27 28 29 30 31",
        "0 4 8 12 16 20 24 28"
    })
    void anyClassesAreRead(String classes) {
        int[] widths =
                Arrays.stream(classes.split(" ")).mapToInt(Integer::parseInt).toArray();
        for (int count = 0; count < 70; count++) {
            int[] numbers = numbers(count, widths);
            byte[] list = list(numbers, widths);
            PayloadSource source = source(list, 3, 2);
            int[] target = new int[2 + count + ROOM_BEHIND];
            Arrays.fill(target, MARK);
            PackedList.read(source, target, 2, count);
            assertThat(Arrays.copyOfRange(target, 2, 2 + count)).isEqualTo(numbers);
            assertThat(target[1]).isEqualTo(MARK);
            assertThat(source.at).isEqualTo(3 + list.length);
            if (list.length > 5) {
                int cut = count;
                PayloadSource short1 = source(list, 3, -1);
                assertThatThrownBy(() -> PackedList.read(short1, target, 2, cut))
                        .isInstanceOfSatisfying(
                                MalformedPayload.class,
                                refused -> assertThat(refused.found).isEqualTo("the payload's end"));
            }
        }
    }

    /** Of three widths the fourth class has none: a number of it is refused wherever it stands. */
    @ParameterizedTest
    @CsvSource({"1 2 3", "27 28 29", "29 30 31"})
    void aClassWithoutAWidthIsRefused(String classes) {
        int[] widths =
                Arrays.stream(classes.split(" ")).mapToInt(Integer::parseInt).toArray();
        for (int count = 1; count < 20; count++) {
            for (int wrong = 0; wrong < count; wrong++) {
                byte[] list = list(new int[count], widths);
                int maskBytes = Varints.size(1L << widths[2]);
                list[maskBytes + wrong / 4] |= (byte) (3 << (2 * (wrong % 4)));
                PayloadSource source = source(list, 0, 8);
                int[] target = new int[count + ROOM_BEHIND];
                int numbers = count;
                assertThatThrownBy(() -> PackedList.read(source, target, 0, numbers))
                        .isInstanceOfSatisfying(
                                MalformedPayload.class,
                                refused -> assertThat(refused.expected).isEqualTo("a class with a width"));
            }
        }
    }

    /** What a list is planned to take is what it takes, its mask at its longest. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 8, 9, 24, 255, 2047, 2048, 2049, 3000})
    void whatIsWrittenIsReadAndAsLongAsPlanned(int count) {
        PackedList packed = new PackedList();
        for (TokenShape shape : TokenShape.values()) {
            int[] numbers = Arrays.copyOfRange(shape.tokens(count + 5), 5, count + 5);
            ByteSink sink = new ByteSink();
            sink.putByte(77);
            int[] placed = new int[count + 9];
            System.arraycopy(numbers, 0, placed, 4, count);
            packed.write(placed, 4, count, sink);
            PayloadSource source = source(Arrays.copyOfRange(sink.bytes, 1, sink.length), 1, 0);
            int[] target = new int[count + ROOM_BEHIND];
            PackedList.read(source, target, 0, count);
            assertThat(Arrays.copyOf(target, count)).isEqualTo(numbers);
            assertThat(source.at).isEqualTo(source.end);
            assertThat(sink.bytes[0]).isEqualTo((byte) 77);
            ByteSink varints = new ByteSink();
            Varints.writeList(numbers, 0, count, varints);
            assertThat(packed.varintBytes()).isEqualTo(varints.length);
            int[] bitLengths = new int[32];
            for (int number : numbers) {
                bitLengths[PackedList.bitLength(number)]++;
            }
            long planned = new PackedList().plan(bitLengths, count);
            int listBytes = sink.length - 1;
            assertThat(planned - Varints.MOST_BYTES).isBetween(listBytes - 5L - 1, (long) listBytes);
        }
    }

    /** Eight classes at most, neighbours merged where that costs least: here 2 and 3, as 1 is the rarest difference. */
    @Test
    void theCheapestNeighboursAreMerged() {
        int[] widths = {0, 1, 2, 3, 4, 5, 6, 7, 8};
        int[] counts = {9, 9, 1, 9, 9, 9, 9, 9, 9};
        int[] numbers = new int[Arrays.stream(counts).sum()];
        int at = 0;
        for (int i = 0; i < widths.length; i++) {
            for (int k = 0; k < counts[i]; k++) {
                numbers[at++] = (1 << widths[i]) >> 1;
            }
        }
        ByteSink sink = new ByteSink();
        new PackedList().write(numbers, 0, numbers.length, sink);
        assertThat((sink.bytes[0] & 0x7F) | (sink.bytes[1] & 0x7F) << 7).isEqualTo(0b1_1111_1011);
    }

    @Test
    void varintsOfEachLength() {
        for (int length = 1; length <= 9; length++) {
            long least = length == 1 ? 0 : 1L << (7 * (length - 1));
            long most = (1L << (7 * length)) - 1;
            for (long number : new long[] {least, least + 1, most - 1, most}) {
                byte[] expected = StreamBuilder.varint(number);
                assertThat(expected).hasSize(length);
                assertThat(Varints.size(number)).isEqualTo(length);
                byte[] target = new byte[12];
                assertThat(Varints.write(number, target, 2)).isEqualTo(2 + length);
                assertThat(Arrays.copyOfRange(target, 2, 2 + length)).isEqualTo(expected);
                PayloadSource source = source(expected, 1, 0);
                assertThat(source.takeVarint(number, "no more")).isEqualTo(number);
                assertThat(source.at).isEqualTo(source.end);
                PayloadSource again = source(expected, 1, 0);
                if (number > 0) {
                    assertThatThrownBy(() -> again.takeVarint(number - 1, "less"))
                            .isInstanceOfSatisfying(MalformedPayload.class, refused -> {
                                assertThat(refused.expected).isEqualTo("less");
                                assertThat(refused.found).isEqualTo("" + number);
                            });
                }
            }
        }
    }
}
