package io.tokenlz.conformance;

import static io.tokenlz.conformance.OracleBytes.need;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads a framed stream in the simplest possible way, straight from FORMAT.md. Slow, and shares no code with the reader. It has
 * no codecs and no dictionaries: streams that name one are refused.
 */
public final class FrameOracle {
    private static final int ACCEPTED = -1;
    private static final int MODELLED = 3;

    private final byte[] bytes;
    private final OracleBytes source;
    private final List<Integer> tokens = new ArrayList<>();
    private final List<List<Integer>> restarts = new ArrayList<>();
    private @Nullable OracleModel model;
    private int vocabularySize;
    private int window;
    private boolean stored;
    private byte[] tokenizer = {};

    /** Where the header or frame begins that is being read. */
    private int start;

    private int tokensBefore;

    /** Where the span begins that the next check is of, and the tokens before it. */
    private int span;

    private int spanTokens;
    private int unchecked;
    private int restartedAt;
    private int indexBytes = -1;

    /**
     * An oracle for one stream.
     *
     * @param stream all its bytes; not to be changed
     */
    public FrameOracle(byte[] stream) {
        bytes = stream;
        source = new OracleBytes(stream, 0, stream.length);
    }

    /**
     * Reads the stream; to be called once.
     *
     * @return index of the first byte of the header or frame that must be refused, or of the first byte behind the end; −1 if
     *     there is nothing to refuse
     */
    public int read() {
        try {
            header();
            span = source.at();
            do {
                start = source.at();
                tokensBefore = tokens.size();
            } while (frame());
            start = source.at();
            tokensBefore = tokens.size(); // bytes behind the end cost no token, also where a frame of tokens is the end
            source.finish();
            return ACCEPTED;
        } catch (OracleBytes.Refused refused) {
            tokens.subList(tokensBefore, tokens.size()).clear();
            return start;
        }
    }

    /**
     * The tokens of all frames that were right.
     *
     * @return tokens, as far as the stream was read
     */
    public List<Integer> tokens() {
        return List.copyOf(tokens);
    }

    /**
     * The vocabulary's size.
     *
     * @return V of the header, or 0 if that was refused
     */
    public int vocabularySize() {
        return vocabularySize;
    }

    /**
     * The window.
     *
     * @return tokens
     */
    public int window() {
        return window;
    }

    /**
     * Whether the stream is a stored one.
     *
     * @return whether it has an index
     */
    public boolean isStored() {
        return stored;
    }

    /**
     * The tokenizer's fingerprint.
     *
     * @return a new array, empty if there is none
     */
    public byte[] tokenizer() {
        return tokenizer.clone();
    }

    private void header() { // section 3
        need(source.takeByte() == 'T' && source.takeByte() == 'L' && source.takeByte() == 'Z', "another magic");
        need(source.takeByte() == 0x81, "another version");
        int flags = source.takeByte();
        need((flags & 0b1110) == 0, "critical flags");
        stored = (flags & 1) == 1;
        OracleBytes fields = source.take(source.varint(65_536));
        CRC32C check = new CRC32C();
        check.update(bytes, 0, source.at());
        need(source.little(4) == check.getValue(), "the header's check is wrong");
        Map<Integer, OracleBytes> known = fields(fields);
        OracleBytes size = known.get(1);
        if (size == null) {
            throw new OracleBytes.Refused("no vocabulary size");
        }
        need(!known.containsKey(3) && !known.containsKey(7), "a codec or a dictionary that is not at hand");
        window = known.containsKey(5) ? number(known.get(5), 1 << 28) : 0;
        tokenizer = fingerprint(known.get(2));
        vocabularySize = number(size, Integer.MAX_VALUE);
    }

    private static Map<Integer, OracleBytes> fields(OracleBytes source) { // section 3.2
        Map<Integer, OracleBytes> known = new HashMap<>();
        int before = 0;
        while (!source.isEmpty()) {
            int tag = source.takeByte();
            need(tag > before, "tags that don't rise");
            need(tag % 2 == 0 || Set.of(1, 3, 5, 7).contains(tag), "unknown field " + tag);
            known.put(tag, source.take(source.varint(65_536)));
            before = tag;
        }
        return known;
    }

    private static int number(OracleBytes field, int most) {
        int value = (int) field.varint(most);
        need(value > 0, "a zero in the header");
        field.finish();
        return value;
    }

    private static byte[] fingerprint(@Nullable OracleBytes field) {
        if (field == null) {
            return new byte[0];
        }
        need(field.left() >= 1 && field.left() <= 32, "a fingerprint of " + field.left() + " bytes");
        byte[] fingerprint = new byte[field.left()];
        for (int i = 0; i < fingerprint.length; i++) {
            fingerprint[i] = (byte) field.takeByte();
        }
        return fingerprint;
    }

    /** Section 4; false after the last one. */
    private boolean frame() {
        int first = source.takeByte();
        need(Integer.bitCount(first) % 2 == 0, "an odd number of ones");
        int kind = first >>> 1;
        need(indexBytes < 0 || kind == 102, "a frame between index and end");
        if (kind < 96 || kind == 103) {
            token(kind);
            return true;
        }
        switch (kind) {
            case 96, 97, 98, 104 -> data(kind);
            case 99 -> {
                need(start > span, "a checkpoint that begins its span");
                check();
            }
            case 100 -> end();
            case 101 -> index();
            case 102 -> storedEnd();
            default -> {
                need(kind >= 120, "a frame of kind " + kind);
                source.take(source.varint(Integer.MAX_VALUE));
            }
        }
        return kind != 100 && kind != 102 && kind != 104;
    }

    private void token(int kind) { // section 4.1
        int id;
        if (kind < 64) {
            id = kind << 8 | source.takeByte();
        } else if (kind < 96) {
            id = (1 << 14) + ((kind - 64) << 16 | source.takeByte() << 8 | source.takeByte());
        } else {
            id = (int) source.varint(Integer.MAX_VALUE);
            need(id >= (1 << 14) + (1 << 21), "an ID in a longer form than it needs");
        }
        count(1, false);
        need(id < vocabularySize, "ID " + id);
        tokens.add(id);
        model = null;
    }

    private void count(int more, boolean checked) { // sections 4.4 and 9
        need(checked || !stored, "an unchecked frame in a stored stream");
        unchecked += checked ? 0 : more;
        need(unchecked <= 256, "more than 256 tokens without a check");
    }

    private void check() { // section 4.4
        CRC32C check = new CRC32C();
        for (int i = 0; i < 8; i++) {
            check.update((int) ((long) spanTokens >>> (8 * i)) & 0xFF);
        }
        check.update(bytes, span, source.at() - span);
        need(source.little(4) == check.getValue(), "a check is wrong");
        span = source.at();
        spanTokens = tokens.size();
        unchecked = 0;
    }

    private void data(int kind) { // section 4.2
        boolean checked = kind > 96;
        need(kind != 104 || !stored, "a stored stream without an index");
        int n = (int) source.varint(1 << 20);
        need(n > 0 && (checked || n <= 63), "a frame of " + n + " tokens");
        int encoding = source.takeByte();
        OracleBytes payload = source.take(source.varint(5L * n + 16));
        need(kind == 98 || !stored || !tokens.isEmpty(), "a stored stream that begins without a restart");
        count(n, checked);
        if (kind == 98) { // section 4.3
            need(start == span, "a restart behind frames without a check");
            restarts.add(List.of(tokens.size(), start));
            restartedAt = tokens.size();
            model = null;
        }
        if (checked) {
            check();
            spanTokens = tokensBefore + n;
        }
        payload(encoding, payload, n);
    }

    private void payload(int encoding, OracleBytes payload, int n) { // section 5
        if (encoding == MODELLED) {
            OracleModel learned = model == null ? new OracleModel(vocabularySize) : model;
            model = learned;
            learned.decode(payload, n, tokens);
        } else {
            model = null;
            OracleLists.ids(encoding, payload, n, Math.min(window, tokensBefore - restartedAt), tokens);
        }
        for (int id : tokens.subList(tokensBefore, tokens.size())) {
            need(id < vocabularySize, "ID " + id);
        }
        payload.finish();
    }

    private void end() { // section 4.5
        need(!stored, "a stored stream without an index");
        long total = source.varint(Long.MAX_VALUE);
        check();
        need(total == tokens.size(), "the end says " + total + " tokens");
    }

    private void index() { // section 9
        need(stored && start == span, "an index in a stream that is not stored, or behind frames without a check");
        OracleBytes body = source.take(source.varint(Integer.MAX_VALUE));
        check();
        int restartCount = (int) body.varint(restarts.size());
        int documents = (int) body.varint(1 << 24);
        need(documents > 0, "an index without a document");
        List<Long> tokenColumn = column(body, restartCount);
        List<Long> byteColumn = column(body, restartCount);
        List<Long> ends = column(body, documents);
        body.finish();
        need(restartCount == restarts.size(), "other restarts");
        for (int i = 0; i < restartCount; i++) {
            need(
                    restarts.get(i).get(0) == tokenColumn.get(i).longValue()
                            && restarts.get(i).get(1) == byteColumn.get(i).longValue(),
                    "other restarts");
        }
        need(ends.get(documents - 1) == tokens.size(), "documents that don't fill the stream");
        indexBytes = source.at() - start;
    }

    private static List<Long> column(OracleBytes body, int count) {
        List<Long> numbers = new ArrayList<>();
        long value = 0;
        while (numbers.size() < count) {
            int some = Math.min(65_536, count - numbers.size());
            List<Integer> low = OracleLists.entropy(body, some);
            List<Integer> high = OracleLists.entropy(body, some);
            for (int i = 0; i < some; i++) {
                value += (long) high.get(i) << 31 | low.get(i);
                numbers.add(value);
            }
        }
        return numbers;
    }

    private void storedEnd() { // section 9
        need(indexBytes >= 0, "the end of a stored stream without an index");
        long total = source.little(8);
        long length = source.little(4);
        check();
        need(total == tokens.size() && length == indexBytes, "the end says other lengths");
    }
}
