package io.tokenlz.conformance;

import static io.tokenlz.conformance.OracleBytes.need;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The lists of FORMAT.md, section 7, and the sequences of section 6. */
final class OracleLists {
    private static final int VARINTS = 0;
    private static final int PACKED = 1;
    private static final int ENTROPY = 2;
    private static final int SEQUENCES = 16;
    private static final long MOST_NUMBER = Integer.MAX_VALUE;

    private OracleLists() {}

    static List<Integer> list(int encoding, OracleBytes source, int count) {
        return switch (encoding) {
            case VARINTS -> varints(source, count);
            case PACKED -> packed(source, count);
            case ENTROPY -> entropy(source, count);
            default -> throw new OracleBytes.Refused("encoding " + encoding);
        };
    }

    /** Appends a frame's n IDs to all IDs so far; the frame may copy from the last {@code window} of these. */
    static void ids(int encoding, OracleBytes source, int n, int window, List<Integer> ids) {
        if (encoding < SEQUENCES) {
            ids.addAll(list(encoding, source, n));
        } else {
            need(encoding <= SEQUENCES + ENTROPY, "encoding " + encoding);
            sequences(encoding - SEQUENCES, source, n, window, ids);
        }
    }

    private static List<Integer> varints(OracleBytes source, int count) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add((int) source.varint(MOST_NUMBER));
        }
        return numbers;
    }

    private static List<Integer> packed(OracleBytes source, int count) {
        long mask = source.varint(0xFFFF_FFFFL);
        List<Integer> widths = new ArrayList<>();
        for (int bits = 0; bits < 32; bits++) {
            if ((mask >>> bits & 1) == 1) {
                widths.add(bits);
            }
        }
        need(!widths.isEmpty() && widths.size() <= 8, "a packed list of " + widths.size() + " classes");
        int classBits = bitLength(widths.size() - 1);
        OracleBytes.Bits classes = source.new Bits();
        List<Integer> ofNumber = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int chosen = (int) classes.take(classBits);
            need(chosen < widths.size(), "a class without a width");
            ofNumber.add(widths.get(chosen));
        }
        OracleBytes.Bits values = source.new Bits();
        List<Integer> numbers = new ArrayList<>();
        for (int width : ofNumber) {
            numbers.add((int) values.take(width));
        }
        return numbers;
    }

    static List<Integer> entropy(OracleBytes source, int count) {
        int form = source.takeByte();
        return switch (form) {
            case 0 -> packed(source, count);
            case 1 -> Collections.nCopies(count, (int) source.varint(MOST_NUMBER));
            case 2 -> prefixCoded(source, count);
            default -> throw new OracleBytes.Refused("form " + form + " of an entropy list");
        };
    }

    private static List<Integer> prefixCoded(OracleBytes source, int count) {
        Map<String, Long> symbols = symbols(source);
        int parts = count < 256 ? 1 : 4;
        List<Long> lengths = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            lengths.add(source.varint(Long.MAX_VALUE));
        }
        List<OracleBytes> streams = new ArrayList<>();
        List<OracleBytes.Bits> bits = new ArrayList<>();
        for (long length : lengths) {
            OracleBytes stream = source.take(length);
            streams.add(stream);
            bits.add(stream.new Bits());
        }
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(number(symbols, bits.get(i % parts)));
        }
        streams.forEach(OracleBytes::finish);
        return numbers;
    }

    /** A symbol for each code, which is written as its bits, the highest first. */
    private static Map<String, Long> symbols(OracleBytes source) {
        int longest = source.takeByte();
        need(longest >= 1 && longest <= 14, "codes of " + longest + " bits");
        List<Integer> counts = new ArrayList<>();
        long filled = 0;
        int all = 0;
        for (int length = 1; length <= longest; length++) {
            int codes = (int) source.varint(1L << longest);
            counts.add(codes);
            filled += (long) codes << (longest - length);
            all += codes;
        }
        need(filled == 1L << longest, "a prefix code that is not complete");
        List<Integer> gaps = packed(source, all);
        Map<String, Long> symbols = new HashMap<>();
        int next = 0;
        int code = 0;
        for (int length = 1; length <= longest; length++) {
            long symbol = -1;
            for (int i = 0; i < counts.get(length - 1); i++) {
                symbol += gaps.get(next++) + 1L;
                need(symbol <= (1L << 31) + 31, "symbol " + symbol);
                symbols.put(digits(code++, length), symbol);
            }
            code <<= 1;
        }
        return symbols;
    }

    private static String digits(int code, int length) {
        StringBuilder digits = new StringBuilder();
        for (int bit = length - 1; bit >= 0; bit--) {
            digits.append(code >>> bit & 1);
        }
        return digits.toString();
    }

    private static int number(Map<String, Long> symbols, OracleBytes.Bits bits) {
        StringBuilder code = new StringBuilder();
        Long symbol;
        do {
            code.append(bits.take(1));
            symbol = symbols.get(code.toString());
        } while (symbol == null);
        if (symbol >= 32) {
            return (int) (symbol - 32);
        }
        int magnitude = symbol.intValue();
        return magnitude == 0 ? 0 : (int) (1L << (magnitude - 1) | bits.take(magnitude - 1));
    }

    private static void sequences(int encoding, OracleBytes source, int n, int window, List<Integer> ids) {
        int start = ids.size();
        int literalCount = (int) source.varint(n);
        int matches = (int) source.varint(n / 2);
        List<Integer> literals = list(encoding, source, literalCount);
        List<Integer> runs = list(encoding, source, matches);
        List<Integer> lengths = list(encoding, source, matches);
        List<Integer> distances = list(encoding, source, matches);
        long copied = lengths.stream().mapToLong(length -> length + 2L).sum();
        long before = runs.stream().mapToLong(run -> run).sum();
        need(literalCount + copied == n && before <= literalCount, "sequences of another number of IDs");
        List<Integer> last = new ArrayList<>(List.of(1, 2, 3));
        int used = 0;
        for (int match = 0; match < matches; match++) {
            ids.addAll(literals.subList(used, used + runs.get(match)));
            used += runs.get(match);
            int named = distances.get(match);
            int distance = named < 3 ? last.remove(named) : named - 2;
            last.add(0, distance);
            last.subList(3, last.size()).clear();
            need(distance <= ids.size() - start + window, "a match at distance " + distance);
            for (int i = 0; i < lengths.get(match) + 2; i++) {
                ids.add(ids.get(ids.size() - distance));
            }
        }
        ids.addAll(literals.subList(used, literalCount));
    }

    static int bitLength(int value) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(value);
    }
}
