package io.tokenlz.frames;

import io.tokenlz.core.TokenCodec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What a framed stream says of itself before its first token (FORMAT.md, section 3): the vocabulary, the codec and how it is
 * configured, the window, and fingerprints of what both sides must hold. Immutable and thread-safe.
 */
public final class StreamHeader {
    private final int vocabularySize;
    private final @Nullable TokenCodec codec;
    private final byte[] codecConfiguration;
    private final int window;
    private final byte[] tokenizerFingerprint;
    private final byte[] dictionaryFingerprint;
    private final boolean stored;

    private StreamHeader(Builder builder) {
        vocabularySize = builder.vocabularySize;
        codec = builder.codec;
        codecConfiguration = builder.codecConfiguration;
        window = builder.window;
        tokenizerFingerprint = builder.tokenizerFingerprint;
        dictionaryFingerprint = builder.dictionaryFingerprint;
        stored = builder.stored;
    }

    /**
     * Begins a header for streams of plain token IDs.
     *
     * @param vocabularySize IDs are 0 … vocabularySize−1
     * @return a builder with every default set: no codec, no window, no fingerprints, not stored
     */
    public static Builder builder(int vocabularySize) {
        return new Builder(vocabularySize);
    }

    /**
     * Begins a header for streams that a codec's tokens travel in.
     *
     * @param codec turns base tokens into the IDs that frames hold; a {@link FrameCodecProvider} must know it
     * @return a builder with every other default set
     * @throws IllegalArgumentException if no provider of that name is on the class path, or it refuses the codec
     */
    public static Builder builder(TokenCodec codec) {
        Builder builder = new Builder(codec.vocabularySize());
        builder.codecConfiguration = FrameCodecs.configuration(codec);
        builder.codec = codec;
        return builder;
    }

    /**
     * Size of the base vocabulary.
     *
     * @return 1 … 2³¹−1
     */
    public int vocabularySize() {
        return vocabularySize;
    }

    /**
     * The codec whose tokens the frames hold.
     *
     * @return a codec, or null if frames hold base tokens
     */
    public @Nullable TokenCodec codec() {
        return codec;
    }

    /**
     * How far back, in IDs before its own frame, a frame may copy.
     *
     * @return 0 … 2²⁸
     */
    public int window() {
        return window;
    }

    /**
     * Names the tokenizer that gives the IDs their meaning; nothing of this library depends on it.
     *
     * @return a new array, empty if the stream does not say
     */
    public byte[] tokenizerFingerprint() {
        return tokenizerFingerprint.clone();
    }

    /**
     * Names a dictionary that both sides hold; a reader that was not told the same one refuses the stream.
     *
     * @return a new array, empty if there is none
     */
    public byte[] dictionaryFingerprint() {
        return dictionaryFingerprint.clone();
    }

    /**
     * Whether the stream ends with a seek index.
     *
     * @return whether {@link StoredStream} can open it
     */
    public boolean stored() {
        return stored;
    }

    /** The most IDs: those of the vocabulary, or of the codec's extended one. */
    long idLimit() {
        return codec == null ? vocabularySize : codec.encodedVocabularySize();
    }

    void write(ByteSink sink) {
        ByteSink fields = new ByteSink();
        putField(fields, StreamFormat.FIELD_VOCABULARY, varint(vocabularySize));
        putField(fields, StreamFormat.FIELD_TOKENIZER, tokenizerFingerprint);
        if (codec != null) {
            byte[] name = codec.name().getBytes(StandardCharsets.US_ASCII);
            ByteSink value = new ByteSink();
            value.putVarint(name.length);
            value.putBytes(name, 0, name.length);
            value.putBytes(codecConfiguration, 0, codecConfiguration.length);
            putField(fields, StreamFormat.FIELD_CODEC, Arrays.copyOf(value.bytes, value.length));
        }
        if (window > 0) {
            putField(fields, StreamFormat.FIELD_WINDOW, varint(window));
        }
        putField(fields, StreamFormat.FIELD_DICTIONARY, dictionaryFingerprint);
        int start = sink.length;
        sink.putBytes(StreamFormat.MAGIC, 0, StreamFormat.MAGIC.length);
        sink.putByte(StreamFormat.VERSION);
        sink.putByte(stored ? StreamFormat.FLAG_STORED : 0);
        sink.putVarint(fields.length);
        sink.putBytes(fields.bytes, 0, fields.length);
        CRC32C check = new CRC32C();
        check.update(sink.bytes, start, sink.length - start);
        sink.putInt((int) check.getValue());
    }

    private static byte[] varint(int value) {
        byte[] bytes = new byte[Varints.MOST_BYTES];
        return Arrays.copyOf(bytes, Varints.write(value, bytes, 0));
    }

    private static void putField(ByteSink fields, int tag, byte[] value) {
        if (value.length > 0) {
            fields.putByte(tag);
            fields.putVarint(value.length);
            fields.putBytes(value, 0, value.length);
        }
    }

    /** Reads the fields of a header whose checksum was right. */
    static StreamHeader read(int flags, PayloadSource fields) {
        Builder builder = null;
        int previous = 0;
        while (fields.at < fields.end) {
            int tag = fields.takeByte();
            if (tag <= previous) {
                throw new MalformedPayload("a header field above " + previous, "field " + tag);
            }
            previous = tag;
            int length = (int) fields.takeVarint(fields.end - fields.at, "a field that ends inside the header");
            if (length > fields.end - fields.at) {
                throw new MalformedPayload("a field that ends inside the header", length + " bytes");
            }
            byte[] value = Arrays.copyOfRange(fields.bytes, fields.at, fields.at + length);
            fields.at += length;
            if (tag == StreamFormat.FIELD_VOCABULARY) {
                int size = takeNumber(value, Integer.MAX_VALUE, "a vocabulary");
                builder = new Builder(size);
            } else if (builder == null) {
                throw new MalformedPayload("the vocabulary's size first", "field " + tag);
            } else {
                readField(builder, tag, value);
            }
        }
        if (builder == null) {
            throw new MalformedPayload("the vocabulary's size", "no such field");
        }
        builder.stored = (flags & StreamFormat.FLAG_STORED) != 0;
        return new StreamHeader(builder);
    }

    private static void readField(Builder builder, int tag, byte[] value) {
        switch (tag) {
            case StreamFormat.FIELD_TOKENIZER -> builder.tokenizerFingerprint = requireFingerprint(value);
            case StreamFormat.FIELD_DICTIONARY -> builder.dictionaryFingerprint = requireFingerprint(value);
            case StreamFormat.FIELD_WINDOW -> builder.window = takeNumber(value, StreamFormat.MOST_WINDOW, "a window");
            case StreamFormat.FIELD_CODEC -> readCodec(builder, value);
            default -> {
                if ((tag & 1) == 1) {
                    throw new MalformedPayload("header fields that this version knows", "the unknown field " + tag);
                }
            }
        }
    }

    private static void readCodec(Builder builder, byte[] value) {
        PayloadSource source = new PayloadSource();
        source.open(value, 0, value.length);
        int length = (int) source.takeVarint(StreamFormat.MOST_NAME_BYTES, "a name of at most 64 bytes");
        if (length == 0 || length > source.end - source.at) {
            throw new MalformedPayload("a codec's name", length + " bytes of it");
        }
        String name = new String(value, source.at, length, StandardCharsets.US_ASCII);
        builder.codecConfiguration = Arrays.copyOfRange(value, source.at + length, value.length);
        builder.codec = FrameCodecs.codec(name, builder.vocabularySize, builder.codecConfiguration);
    }

    private static int takeNumber(byte[] value, int most, String what) {
        PayloadSource source = new PayloadSource();
        source.open(value, 0, value.length);
        int number = (int) source.takeVarint(most, what + " of at most " + most);
        if (number == 0 || source.at != value.length) {
            throw new MalformedPayload(what + " of at least 1, alone in its field", "" + number);
        }
        return number;
    }

    private static byte[] requireFingerprint(byte[] value) {
        if (value.length == 0 || value.length > StreamFormat.MOST_FINGERPRINT_BYTES) {
            throw new MalformedPayload("a fingerprint of 1 to 32 bytes", value.length + " bytes");
        }
        return value;
    }

    /** Whether both say the same. */
    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        return other instanceof StreamHeader that
                && vocabularySize == that.vocabularySize
                && window == that.window
                && stored == that.stored
                && (codec == null ? "" : codec.name()).equals(that.codec == null ? "" : that.codec.name())
                && Arrays.equals(codecConfiguration, that.codecConfiguration)
                && Arrays.equals(tokenizerFingerprint, that.tokenizerFingerprint)
                && Arrays.equals(dictionaryFingerprint, that.dictionaryFingerprint);
    }

    @Override
    public int hashCode() {
        return Objects.hash(vocabularySize, window, stored, Arrays.hashCode(codecConfiguration));
    }

    @Override
    public String toString() {
        return "stream(vocabulary " + vocabularySize + ", " + (codec == null ? "no codec" : codec) + ", window "
                + window
                + named(", tokenizer ", tokenizerFingerprint) + named(", dictionary ", dictionaryFingerprint)
                + (stored ? ", stored" : "") + ")";
    }

    private static String named(String what, byte[] fingerprint) {
        return fingerprint.length == 0 ? "" : what + HexFormat.of().formatHex(fingerprint);
    }

    /** Builds a {@link StreamHeader}. Not thread-safe. */
    public static final class Builder {
        private final int vocabularySize;
        private @Nullable TokenCodec codec;
        private byte[] codecConfiguration = {};
        private int window;
        private byte[] tokenizerFingerprint = {};
        private byte[] dictionaryFingerprint = {};
        private boolean stored;

        private Builder(int vocabularySize) {
            this.vocabularySize = vocabularySize;
        }

        /**
         * Sets how far back a frame may copy; 0 by default, so that each frame stands for itself.
         *
         * @param ids 0 … 2²⁸ IDs before the frame's own; a writer takes at most {@link FrameWriterOptions#MOST_WINDOW}
         * @return this
         */
        public Builder window(int ids) {
            this.window = ids;
            return this;
        }

        /**
         * Names the tokenizer; not named by default.
         *
         * @param fingerprint 1 to 32 bytes, for example a hash of its files; copied
         * @return this
         */
        public Builder tokenizerFingerprint(byte[] fingerprint) {
            this.tokenizerFingerprint = fingerprint.clone();
            return this;
        }

        /**
         * Names a dictionary that both sides hold; none by default.
         *
         * @param fingerprint 1 to 32 bytes; copied
         * @return this
         */
        public Builder dictionaryFingerprint(byte[] fingerprint) {
            this.dictionaryFingerprint = fingerprint.clone();
            return this;
        }

        /**
         * Lets streams end with a seek index, so that {@link StoredStream} can read them from the middle.
         *
         * @return this
         */
        public Builder stored() {
            this.stored = true;
            return this;
        }

        /**
         * Checks everything and makes the header.
         *
         * @return a header
         * @throws IllegalArgumentException naming the field that is out of range
         */
        public StreamHeader build() {
            require(vocabularySize >= 1, "vocabularySize must be at least 1, is " + vocabularySize);
            require(
                    window >= 0 && window <= StreamFormat.MOST_WINDOW,
                    "window must be 0 to " + StreamFormat.MOST_WINDOW + ", is " + window);
            requireLength("tokenizerFingerprint", tokenizerFingerprint);
            requireLength("dictionaryFingerprint", dictionaryFingerprint);
            return new StreamHeader(this);
        }

        private static void requireLength(String field, byte[] fingerprint) {
            require(
                    fingerprint.length <= StreamFormat.MOST_FINGERPRINT_BYTES,
                    field + " must have at most 32 bytes, has " + fingerprint.length);
        }

        private static void require(boolean condition, String message) {
            if (!condition) {
                throw new IllegalArgumentException(message);
            }
        }
    }
}
