package io.tokenlz.frames;

import io.tokenlz.core.ByteInput;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads headers (FORMAT.md, section 3), and refuses those of streams that its reader can't read. Streams often have the header
 * of the one before, byte by byte: then it is that one's, and nothing is looked up or allocated.
 */
final class HeaderReader {
    private final StreamElement element;
    private final LimitCheck limits;
    private final byte[] heldDictionary;
    private final CRC32C sum = new CRC32C();
    private @Nullable StreamHeader last;
    private byte[] lastBytes = {};

    HeaderReader(StreamElement element, LimitCheck limits, byte[] dictionaryFingerprint) {
        this.element = element;
        this.limits = limits;
        this.heldDictionary = dictionaryFingerprint.clone();
    }

    /** Reads the header that the element is; null if the input ends before. */
    @Nullable
    StreamHeader read(ByteInput input) {
        if (element.taken() < StreamFormat.MAGIC.length && !needMagic(input)) {
            return null;
        }
        int versionAt = StreamFormat.MAGIC.length;
        if (!element.need(input, versionAt + 2)) {
            return null;
        }
        int version = element.byteAt(versionAt);
        if (version != StreamFormat.VERSION) {
            throw element.malformed("version " + StreamFormat.VERSION, "version " + version);
        }
        int flags = element.byteAt(versionAt + 1);
        if ((flags & StreamFormat.CRITICAL_FLAGS & ~StreamFormat.KNOWN_FLAGS) != 0) {
            throw element.malformed("flags that this version knows", "flags " + flags);
        }
        element.moveTo(versionAt + 2);
        long length = element.takeVarint(input, StreamFormat.MOST_HEADER_BYTES, "a header of at most 65536 bytes");
        int end = element.at() + (int) length;
        if (length < 0 || !element.need(input, end + StreamFormat.CHECK_BYTES)) {
            return null;
        }
        byte[] bytes = element.bytes();
        sum.reset();
        sum.update(bytes, 0, end);
        element.requireSum((int) sum.getValue(), end);
        if (last == null || !Arrays.equals(lastBytes, 0, lastBytes.length, bytes, 0, end)) {
            last = readFields(flags, end);
            lastBytes = Arrays.copyOf(bytes, end);
        }
        return last;
    }

    /** Refuses what is no such stream at its first byte that differs. */
    private boolean needMagic(ByteInput input) {
        for (int i = 0; i < StreamFormat.MAGIC.length; i++) {
            if (!element.need(input, i + 1)) {
                return false;
            }
            if (element.byteAt(i) != StreamFormat.MAGIC[i]) {
                throw element.malformed(
                        "the magic bytes 54 4C 5A", String.format("byte %02X at %d", element.byteAt(i), i));
            }
        }
        return true;
    }

    private StreamHeader readFields(int flags, int end) {
        PayloadSource fields = new PayloadSource();
        fields.open(element.bytes(), element.at(), end);
        StreamHeader header;
        try {
            header = StreamHeader.read(flags, fields);
        } catch (MalformedPayload malformed) {
            throw element.malformed(malformed);
        }
        byte[] dictionary = header.dictionaryFingerprint();
        if (dictionary.length > 0 && !Arrays.equals(dictionary, heldDictionary)) {
            throw element.malformed(
                    "a dictionary that this reader holds",
                    "one of fingerprint " + HexFormat.of().formatHex(dictionary));
        }
        limits.requireStream(header);
        return header;
    }
}
