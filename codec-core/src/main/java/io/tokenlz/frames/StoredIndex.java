package io.tokenlz.frames;

import io.tokenlz.core.BufferByteInput;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** The index of a stored stream, read and checked (FORMAT.md, section 9). Immutable. */
final class StoredIndex {
    private static final int HEADER_CHUNK = 512;

    /** Each number takes a byte of the index at most this seldom: a constant list of 2^16 is 4 bytes for each half. */
    private static final int MOST_NUMBERS_PER_BYTE = 1 << 14;

    private final StreamHeader header;
    private final long tokens;
    private final long start;
    private final int indexBytes;
    private final long[] restartTokens;
    private final long[] restartBytes;
    private final long[] documentEnds;

    private StoredIndex(
            StreamHeader header,
            long tokens,
            long start,
            int indexBytes,
            long[] restartTokens,
            long[] restartBytes,
            long[] documentEnds) {
        this.header = header;
        this.tokens = tokens;
        this.start = start;
        this.indexBytes = indexBytes;
        this.restartTokens = restartTokens;
        this.restartBytes = restartBytes;
        this.documentEnds = documentEnds;
    }

    StreamHeader header() {
        return header;
    }

    long tokens() {
        return tokens;
    }

    int bytes() {
        return indexBytes;
    }

    int documents() {
        return documentEnds.length;
    }

    long documentEnd(int document) {
        return documentEnds[document];
    }

    int restarts() {
        return restartTokens.length;
    }

    long restartTokens(int restart) {
        return restartTokens[restart];
    }

    long restartBytes(int restart) {
        return restartBytes[restart];
    }

    /** The last restart that is not behind a token. */
    int restartBefore(long token) {
        int found = Arrays.binarySearch(restartTokens, token);
        return found >= 0 ? found : -found - 2;
    }

    /** Where the tokens before a token end at the latest: at the first restart that is not before it, or at the index. */
    long byteEnd(long token) {
        int found = Arrays.binarySearch(restartTokens, token);
        int next = found >= 0 ? found : -found - 1;
        return next < restartBytes.length ? restartBytes[next] : start;
    }

    MalformedFrameException malformed(String expected, String found) {
        return new MalformedFrameException(start, tokens, expected, found);
    }

    static StoredIndex read(StoredBytes bytes, FrameLimits limits, byte[] dictionary) {
        StreamHeader header = readHeader(bytes, limits, dictionary);
        long size = bytes.size();
        long endAt = size - StreamFormat.STORED_END_BYTES;
        byte[] end = new byte[StreamFormat.STORED_END_BYTES];
        if (endAt < 0) {
            throw new MalformedFrameException(
                    size, 0, "the end of a stored stream", "the end after " + size + " bytes");
        }
        bytes.read(endAt, end, 0, end.length);
        long tokens = (long) ByteSink.LONGS.get(end, 1);
        int checkAt = end.length - StreamFormat.CHECK_BYTES;
        if ((end[0] & 0xFF) != StreamFormat.firstByte(StreamFormat.KIND_STORED_END)
                || tokens < 0
                || sum(tokens, end, checkAt) != (int) ByteSink.INTS.get(end, checkAt)) {
            throw new MalformedFrameException(endAt, 0, "the end of a stored stream", "other bytes, or damaged ones");
        }
        if (tokens > limits.tokensPerStream()) {
            throw new FrameLimitException(
                    endAt, 0, "at most " + limits.tokensPerStream() + " tokens in the stream", "" + tokens);
        }
        long indexBytes = (int) ByteSink.INTS.get(end, 1 + Long.BYTES) & 0xFFFF_FFFFL;
        long indexAt = endAt - indexBytes;
        if (indexAt < 0) {
            throw new MalformedFrameException(
                    endAt, tokens, "an index of at most " + endAt + " bytes before the end", indexBytes + " bytes");
        }
        if (indexBytes > limits.stateBytes() || indexBytes > Integer.MAX_VALUE - PayloadSource.SLACK) {
            throw new FrameLimitException(
                    endAt, tokens, "an index of at most " + limits.stateBytes() + " bytes", indexBytes + " bytes");
        }
        byte[] frame = new byte[(int) indexBytes + PayloadSource.SLACK];
        bytes.read(indexAt, frame, 0, (int) indexBytes);
        try {
            return parse(header, tokens, indexAt, frame, (int) indexBytes, limits);
        } catch (MalformedPayload malformed) {
            throw new MalformedFrameException(indexAt, tokens, malformed.expected, malformed.found, malformed);
        }
    }

    private static StreamHeader readHeader(StoredBytes bytes, FrameLimits limits, byte[] dictionary) {
        StreamElement element = new StreamElement();
        HeaderReader headers = new HeaderReader(element, new LimitCheck(limits, element), dictionary);
        byte[] chunk = new byte[HEADER_CHUNK];
        BufferByteInput input = new BufferByteInput();
        StreamHeader header = null;
        for (long at = 0; header == null; ) {
            int part = (int) Math.min(chunk.length, bytes.size() - at);
            if (part == 0) {
                throw element.malformed("a header", "the end after " + at + " bytes");
            }
            bytes.read(at, chunk, 0, part);
            at += part;
            header = headers.read(input.wrap(ByteBuffer.wrap(chunk, 0, part)));
        }
        if (!header.stored()) {
            throw element.malformed("a stored stream", "one without an index");
        }
        return header;
    }

    private static int sum(long tokens, byte[] bytes, int count) {
        FrameCheck check = new FrameCheck();
        check.begin(tokens);
        check.update(bytes, 0, count);
        return check.value();
    }

    private static StoredIndex parse(
            StreamHeader header, long tokens, long start, byte[] frame, int length, FrameLimits limits) {
        int checkAt = length - StreamFormat.CHECK_BYTES;
        if (checkAt < 2
                || (frame[0] & 0xFF) != StreamFormat.firstByte(StreamFormat.KIND_INDEX)
                || sum(tokens, frame, checkAt) != (int) ByteSink.INTS.get(frame, checkAt)) {
            throw new MalformedPayload("an index", "other bytes, or damaged ones");
        }
        PayloadSource source = new PayloadSource();
        source.open(frame, 1, checkAt);
        int bodyBytes = source.takeInt();
        if (bodyBytes != checkAt - source.at) {
            throw new MalformedPayload("an index of " + (checkAt - source.at) + " bytes", bodyBytes + " bytes");
        }
        long most = (long) bodyBytes * MOST_NUMBERS_PER_BYTE;
        int restarts = (int) source.takeVarint(Math.min(most, Integer.MAX_VALUE / 8), "a number of restarts");
        int documents = (int) source.takeVarint(Math.min(most, Integer.MAX_VALUE / 8), "a number of documents");
        long state = 16L * restarts + 8L * documents + length;
        if (state > limits.stateBytes()) {
            throw new FrameLimitException(
                    start, tokens, "at most " + limits.stateBytes() + " bytes of state", state + " for the index");
        }
        long[] restartTokens = readGaps(source, restarts);
        long[] restartBytes = readGaps(source, restarts);
        long[] documentEnds = readGaps(source, documents);
        if (source.at != checkAt) {
            throw new MalformedPayload("the index's end", (checkAt - source.at) + " bytes more");
        }
        requireSound(tokens, start, restartTokens, restartBytes, documentEnds);
        return new StoredIndex(header, tokens, start, length, restartTokens, restartBytes, documentEnds);
    }

    private static long[] readGaps(PayloadSource source, int count) {
        EntropyListReader lists = new EntropyListReader();
        long[] sums = new long[count];
        int room = Math.min(count, IndexWriter.MOST_IN_LIST) + PayloadReader.HISTORY_SLACK;
        int[] low = new int[room];
        int[] high = new int[room];
        long sum = 0;
        for (int done = 0; done < count; ) {
            int part = Math.min(count - done, IndexWriter.MOST_IN_LIST);
            lists.read(source, low, 0, part);
            lists.read(source, high, 0, part);
            for (int i = 0; i < part; i++) {
                sum += (long) high[i] << 31 | low[i];
                if (sum < 0) {
                    throw new MalformedPayload("positions below 2^63", "larger ones");
                }
                sums[done++] = sum;
            }
        }
        return sums;
    }

    /** Positions rise and lie in the stream; the first restart is at its first token; documents fill it. */
    private static void requireSound(
            long tokens, long end, long[] restartTokens, long[] restartBytes, long[] documentEnds) {
        boolean sound = (restartTokens.length > 0 || tokens == 0) && documentEnds.length > 0;
        for (int i = 0; i < restartTokens.length; i++) {
            sound &= i == 0
                    ? restartTokens[0] == 0
                    : restartTokens[i] > restartTokens[i - 1] && restartBytes[i] > restartBytes[i - 1];
            sound &= restartTokens[i] < tokens && restartBytes[i] < end;
        }
        if (!sound || documentEnds[documentEnds.length - 1] != tokens) {
            throw new MalformedPayload("an index whose positions rise to the stream's end", "other positions");
        }
    }
}
