package io.tokenlz.frames;

import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Where a stream's header and frames lie, found by what FORMAT.md says of their lengths and by nothing of the reader's. It
 * believes whatever it reads, so that checks of damaged streams, too, can be made right.
 */
final class FrameWalk {
    /** The header's kind. */
    static final int HEADER = -1;

    private static final int NONE = -1;

    /**
     * The header, or a frame. Places are indexes in the stream.
     *
     * @param kind of the frame, or {@link #HEADER}
     * @param start its first byte
     * @param tokens base tokens that it says it stands for
     * @param ids IDs that it says it holds
     * @param encoding of a data frame's payload
     * @param bodyStart first byte of its payload, its body or the header's fields
     * @param bodyEnd behind the last of these
     * @param end behind its last byte
     */
    record Element(int kind, int start, long tokens, long ids, int encoding, int bodyStart, int bodyEnd, int end) {
        boolean isData() {
            return kind == StreamFormat.KIND_DATA_UNCHECKED || isCheckedData();
        }

        boolean isCheckedData() {
            return kind == StreamFormat.KIND_DATA
                    || kind == StreamFormat.KIND_DATA_RESTART
                    || kind == StreamFormat.KIND_DATA_LAST;
        }

        boolean hasCheck() {
            return isCheckedData()
                    || kind == HEADER
                    || kind == StreamFormat.KIND_CHECKPOINT
                    || kind == StreamFormat.KIND_END
                    || kind == StreamFormat.KIND_INDEX
                    || kind == StreamFormat.KIND_STORED_END;
        }

        boolean endsTheStream() {
            return kind == StreamFormat.KIND_END
                    || kind == StreamFormat.KIND_STORED_END
                    || kind == StreamFormat.KIND_DATA_LAST;
        }

        int checkAt() {
            return end - StreamFormat.CHECK_BYTES;
        }
    }

    private final byte[] stream;
    private final List<Element> elements = new ArrayList<>();
    private int at;
    private boolean hasCodec;

    /** Walks as far as whole elements go. */
    FrameWalk(byte[] stream) {
        this.stream = stream;
        boolean more = addHeader();
        while (more) {
            more = addFrame() && !elements.get(elements.size() - 1).endsTheStream();
        }
    }

    List<Element> elements() {
        return elements;
    }

    boolean hasCodec() {
        return hasCodec;
    }

    /** Where the first element begins that is not whole, or what lies behind the end. */
    int stoppedAt() {
        return elements.isEmpty() ? 0 : elements.get(elements.size() - 1).end();
    }

    /** Base tokens of all frames before an element that begins at a place; −1 if none does. */
    long tokensBefore(long place) {
        long tokens = 0;
        for (Element element : elements) {
            if (element.start() == place) {
                return tokens;
            }
            tokens += element.tokens();
        }
        return place == stoppedAt() ? tokens : NONE;
    }

    /** Makes all checks right for the bytes as they are, so that readers go on to what else is wrong. */
    void repairChecks() {
        long tokens = 0;
        long spanTokens = 0;
        int spanStart = 0;
        for (Element element : elements) {
            tokens += element.tokens();
            if (element.hasCheck()) {
                int sum = element.kind() == HEADER
                        ? sum(stream, 0, element.checkAt())
                        : sum(spanTokens, stream, spanStart, element.checkAt());
                ByteSink.INTS.set(stream, element.checkAt(), sum);
                spanStart = element.end();
                spanTokens = tokens;
            }
        }
        repairStoredEnd();
    }

    /** The same for a reader that begins with the end, and believes what it says of tokens and of the index. */
    private void repairStoredEnd() {
        int endAt = stream.length - StreamFormat.STORED_END_BYTES;
        if (endAt < 0 || stream[endAt] != (byte) StreamFormat.firstByte(StreamFormat.KIND_STORED_END)) {
            return;
        }
        long tokens = (long) ByteSink.LONGS.get(stream, endAt + 1);
        int checkAt = stream.length - StreamFormat.CHECK_BYTES;
        ByteSink.INTS.set(stream, checkAt, sum(tokens, stream, endAt, checkAt));
        long indexBytes = (int) ByteSink.INTS.get(stream, endAt + 1 + Long.BYTES) & 0xFFFF_FFFFL;
        if (indexBytes > StreamFormat.CHECK_BYTES && indexBytes <= endAt) {
            int indexCheckAt = endAt - StreamFormat.CHECK_BYTES;
            ByteSink.INTS.set(stream, indexCheckAt, sum(tokens, stream, endAt - (int) indexBytes, indexCheckAt));
        }
    }

    private static int sum(byte[] bytes, int from, int to) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, from, to - from);
        return (int) sum.getValue();
    }

    private static int sum(long tokensBefore, byte[] bytes, int from, int to) {
        byte[] position = new byte[Long.BYTES];
        ByteSink.LONGS.set(position, 0, tokensBefore);
        CRC32C sum = new CRC32C();
        sum.update(position);
        sum.update(bytes, from, to - from);
        return (int) sum.getValue();
    }

    private boolean addHeader() {
        at = StreamFormat.MAGIC.length + 2;
        long length = takeVarint();
        int fields = at;
        if (!add(HEADER, 0, 0, 0, 0, fields, length, StreamFormat.CHECK_BYTES)) {
            return false;
        }
        int next = at;
        int end = elements.get(0).bodyEnd();
        at = fields;
        while (at < end && !hasCodec) {
            int tag = stream[at++] & 0xFF;
            long fieldBytes = takeVarint();
            hasCodec = tag == StreamFormat.FIELD_CODEC && fieldBytes >= 0;
            at = fieldBytes < 0 || fieldBytes > end - at ? end : at + (int) fieldBytes;
        }
        at = next;
        return true;
    }

    private boolean addFrame() {
        if (at >= stream.length || !StreamFormat.isFirstByte(stream[at] & 0xFF)) {
            return false;
        }
        int start = at;
        int kind = (stream[at++] & 0xFF) >>> 1;
        if (kind < StreamFormat.KIND_DATA_UNCHECKED) {
            return add(kind, start, 1, 1, 0, at, kind < StreamFormat.KIND_MIDDLE_TOKEN ? 1 : 2, 0);
        }
        return switch (kind) {
            case StreamFormat.KIND_LONG_TOKEN -> takeVarint() >= 0 && add(kind, start, 1, 1, 0, at, 0, 0);
            case StreamFormat.KIND_DATA_UNCHECKED,
                    StreamFormat.KIND_DATA,
                    StreamFormat.KIND_DATA_RESTART,
                    StreamFormat.KIND_DATA_LAST -> addData(kind, start);
            case StreamFormat.KIND_CHECKPOINT -> add(kind, start, 0, 0, 0, at, 0, StreamFormat.CHECK_BYTES);
            case StreamFormat.KIND_END ->
                takeVarint() >= 0 && add(kind, start, 0, 0, 0, at, 0, StreamFormat.CHECK_BYTES);
            case StreamFormat.KIND_STORED_END ->
                add(kind, start, 0, 0, 0, at, Long.BYTES + Integer.BYTES, StreamFormat.CHECK_BYTES);
            case StreamFormat.KIND_INDEX -> {
                long length = takeVarint();
                yield add(kind, start, 0, 0, 0, at, length, StreamFormat.CHECK_BYTES);
            }
            default -> {
                long length = kind < StreamFormat.KIND_FIRST_SKIPPABLE ? NONE : takeVarint();
                yield add(kind, start, 0, 0, 0, at, length, 0);
            }
        };
    }

    private boolean addData(int kind, int start) {
        long tokens = takeVarint();
        long ids = hasCodec ? takeVarint() : tokens;
        if (tokens < 0 || ids < 0 || at >= stream.length) {
            return false;
        }
        int encoding = stream[at++] & 0xFF;
        long length = takeVarint();
        int checkBytes = kind == StreamFormat.KIND_DATA_UNCHECKED ? 0 : StreamFormat.CHECK_BYTES;
        return add(kind, start, tokens, ids, encoding, at, length, checkBytes);
    }

    private boolean add(
            int kind, int start, long tokens, long ids, int encoding, int body, long bodyBytes, int checkBytes) {
        if (bodyBytes < 0 || bodyBytes > stream.length - body - checkBytes) {
            return false;
        }
        at = body + (int) bodyBytes + checkBytes;
        elements.add(new Element(kind, start, tokens, ids, encoding, body, body + (int) bodyBytes, at));
        return true;
    }

    /** A varint of any form; −1 if the stream ends in it, or it is no number below 2⁶³. */
    private long takeVarint() {
        long value = 0;
        for (int shift = 0; shift < 63 && at < stream.length; shift += 7) {
            int next = stream[at++];
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        return NONE;
    }
}
