package io.tokenlz.frames;

import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.BufferByteInput;
import io.tokenlz.core.CoderStatus;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * Random access to a stored stream (FORMAT.md, section 9): any range of its tokens, any of its documents, by reading only from
 * the restart before it.
 *
 * <p>Opening reads the header (in pieces of 512 bytes), the index and the end; a read, the frames from the last restart before
 * its first token to its last token, or from where the read before ended, if that is nearer. It touches no byte before that
 * restart, and none from the first restart on that follows its last token. The distance of restarts is the writer's choice.
 * Not thread-safe; any number of them may share a {@link StoredBytes} over a buffer or a file.
 */
public final class StoredStream {
    private static final int CHUNK_BYTES = 1 << 14;
    private static final int SKIP_TOKENS = 1 << 12;

    /** Room for so many tokens is made at once. */
    private static final int FIRST_TOKENS = 1 << 16;

    private final StoredBytes bytes;
    private final StreamHeader header;
    private final StoredIndex index;
    private final FrameReader reader;

    private final byte[] chunk = new byte[CHUNK_BYTES];
    private final ByteBuffer chunkBuffer = ByteBuffer.wrap(chunk);
    private final BufferByteInput input = new BufferByteInput();
    private final ArrayTokenOutput output = new ArrayTokenOutput();
    private final int[] skipped = new int[SKIP_TOKENS];

    /** The next token that the reader will give; −1 if it has to seek. */
    private long nextToken = -1;

    private long nextByte;

    /** Behind the last byte that the tokens asked for may need. */
    private long byteEnd;

    private StoredStream(StoredBytes bytes, StreamHeader header, StoredIndex index, FrameLimits limits) {
        this.bytes = bytes;
        this.header = header;
        this.index = index;
        this.reader = new FrameReader(limits, header);
    }

    /**
     * Opens a stream with {@link FrameLimits#DEFAULT}.
     *
     * @param bytes the whole stream
     * @return random access to it
     * @throws MalformedFrameException if it is no stored stream, or its header, end or index is damaged
     */
    public static StoredStream open(StoredBytes bytes) {
        return open(bytes, FrameLimits.DEFAULT);
    }

    /**
     * Opens a stream.
     *
     * @param bytes the whole stream
     * @param limits what is accepted at most; the index counts as state
     * @return random access to it
     * @throws MalformedFrameException if it is no stored stream, or its header, end or index is damaged
     */
    public static StoredStream open(StoredBytes bytes, FrameLimits limits) {
        return open(bytes, limits, new byte[0]);
    }

    /**
     * Opens a stream whose dictionary is held.
     *
     * @param bytes the whole stream
     * @param limits what is accepted at most; the index counts as state
     * @param dictionaryFingerprint the dictionary's; a stream that names another one is refused
     * @return random access to it
     * @throws MalformedFrameException if it is no stored stream, or its header, end or index is damaged
     */
    public static StoredStream open(StoredBytes bytes, FrameLimits limits, byte[] dictionaryFingerprint) {
        StoredIndex index = StoredIndex.read(bytes, limits, dictionaryFingerprint);
        return new StoredStream(bytes, index.header(), index, limits);
    }

    /**
     * What the stream says of itself.
     *
     * @return the header
     */
    public StreamHeader header() {
        return header;
    }

    /**
     * Tokens in the stream.
     *
     * @return tokens
     */
    public long tokens() {
        return index.tokens();
    }

    /**
     * Documents in the stream.
     *
     * @return at least 1
     */
    public int documents() {
        return index.documents();
    }

    /**
     * Places where reading can begin.
     *
     * @return restarts
     */
    public int restarts() {
        return index.restarts();
    }

    /**
     * Bytes that the index takes.
     *
     * @return bytes
     */
    public long indexBytes() {
        return index.bytes();
    }

    /**
     * Where a document begins.
     *
     * @param document 0 … {@link #documents()}; the last of these gives the stream's end
     * @return index of its first token
     * @throws IndexOutOfBoundsException if there is no such document
     */
    public long documentStart(int document) {
        Objects.checkIndex(document, index.documents() + 1);
        return document == 0 ? 0 : index.documentEnd(document - 1);
    }

    /**
     * Reads a document.
     *
     * @param document 0 … {@link #documents()}−1
     * @return its tokens
     * @throws IndexOutOfBoundsException if there is no such document
     * @throws IllegalArgumentException if it has 2³¹ tokens or more
     * @throws MalformedFrameException if the frames that hold it are damaged
     */
    public int[] document(int document) {
        Objects.checkIndex(document, index.documents());
        long start = documentStart(document);
        long length = documentStart(document + 1) - start;
        if (length > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("document " + document + " has " + length + " tokens: read it in parts");
        }
        int[] tokens = new int[(int) Math.min(length, FIRST_TOKENS)];
        read(start, tokens, 0, tokens.length);
        while (tokens.length < length) {
            // the index may say anything: room is made for as many again as were there
            int have = tokens.length;
            tokens = Arrays.copyOf(tokens, (int) Math.min(length, 2L * have));
            read(start + have, tokens, have, tokens.length - have);
        }
        return tokens;
    }

    /**
     * Reads tokens.
     *
     * @param from index of the first of them in the stream
     * @param target where they go; owned by the caller
     * @param offset index of the first one's place
     * @param count how many
     * @throws IndexOutOfBoundsException if either range is not inside the stream or the array
     * @throws MalformedFrameException if the frames that hold them are damaged; what is in the array then is undefined
     */
    public void read(long from, int[] target, int offset, int count) {
        Objects.checkFromIndexSize(from, count, index.tokens());
        Objects.checkFromIndexSize(offset, count, target.length);
        if (count == 0) {
            return;
        }
        int restart = index.restartBefore(from);
        // at a restart, too: what may lie between the frames before it and it is not read; and where nextToken is -1
        if (nextToken > from || nextToken <= index.restartTokens(restart)) {
            seek(restart);
        }
        byteEnd = index.byteEnd(from + count);
        long begun = nextToken;
        nextToken = -1; // unless all goes well
        long at = begun;
        while (at < from) {
            int part = (int) Math.min(SKIP_TOKENS, from - at);
            pull(skipped, 0, part);
            at += part;
        }
        pull(target, offset, count);
        nextToken = from + count;
    }

    private void seek(int restart) {
        nextToken = index.restartTokens(restart);
        nextByte = index.restartBytes(restart);
        reader.seek(nextToken, nextByte);
        chunkBuffer.limit(0);
    }

    private void pull(int[] target, int offset, int count) {
        output.wrap(target, offset, count);
        while (output.remaining() > 0) {
            CoderStatus status = reader.read(input.wrap(chunkBuffer), output);
            if (output.remaining() > 0) {
                if (status == CoderStatus.DONE) {
                    throw tooFewTokens();
                }
                fill();
            }
        }
    }

    private void fill() {
        int part = (int) Math.min(CHUNK_BYTES, byteEnd - nextByte);
        if (part == 0) {
            throw tooFewTokens();
        }
        bytes.read(nextByte, chunk, 0, part);
        nextByte += part;
        chunkBuffer.clear().limit(part);
    }

    private MalformedFrameException tooFewTokens() {
        return index.malformed("more tokens before byte " + byteEnd, "none");
    }
}
