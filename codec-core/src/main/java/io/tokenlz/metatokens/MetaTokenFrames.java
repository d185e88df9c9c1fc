package io.tokenlz.metatokens;

import io.tokenlz.core.TokenCodec;
import io.tokenlz.frames.FrameCodecProvider;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets framed streams carry meta-tokens: the configuration's form in a stream's header (META-TOKENS.md, section 6). A header
 * names a shared dictionary by its fingerprint alone; readers find those that their process holds ({@link #hold}). Thread-safe.
 */
public final class MetaTokenFrames implements FrameCodecProvider {
    private static final int VERSION = 1;
    private static final int FLAT = 0;
    private static final int NESTED = 1;
    private static final int SHARED = 2;
    private static final int FIXED_BYTES = 1 + 1 + 4 * Integer.BYTES;
    private static final int RANGE_BYTES = 2 * Integer.BYTES;

    /** By fingerprint, in hexadecimal digits. */
    private static final Map<String, MetaTokenDictionary> HELD = new ConcurrentHashMap<>();

    /** For {@link java.util.ServiceLoader}. */
    public MetaTokenFrames() {}

    /**
     * Lets all readers of this process read streams that name a dictionary, until {@link #release}.
     *
     * @param dictionary the dictionary; holding it again changes nothing
     */
    public static void hold(MetaTokenDictionary dictionary) {
        HELD.put(key(dictionary.fingerprint()), dictionary);
    }

    /**
     * Ends what {@link #hold} began; streams whose header was read go on.
     *
     * @param dictionary the dictionary
     */
    public static void release(MetaTokenDictionary dictionary) {
        HELD.remove(key(dictionary.fingerprint()));
    }

    private static String key(byte[] fingerprint) {
        return HexFormat.of().formatHex(fingerprint);
    }

    @Override
    public String name() {
        return "meta-tokens";
    }

    @Override
    public byte[] configuration(TokenCodec codec) {
        if (!(codec instanceof MetaTokenCodec metaTokens)) {
            throw new IllegalArgumentException("not a MetaTokenCodec: " + codec);
        }
        MetaTokenConfig config = metaTokens.config();
        int[][] ranges = config.reserved().poolRanges();
        MetaTokenDictionary dictionary = config.dictionary();
        byte[] fingerprint = dictionary == null ? new byte[0] : dictionary.fingerprint();
        ByteBuffer bytes = ByteBuffer.allocate(FIXED_BYTES + ranges.length * RANGE_BYTES + fingerprint.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) VERSION).put((byte) form(config.form()));
        bytes.putInt(config.window()).putInt(config.dictionaryStart()).putInt(config.dictionaryEnd());
        bytes.putInt(ranges.length);
        for (int[] range : ranges) {
            bytes.putInt(range[0]).putInt(range[1]);
        }
        return bytes.put(fingerprint).array();
    }

    private static int form(MetaTokenForm form) {
        return switch (form) {
            case FLAT -> FLAT;
            case NESTED -> NESTED;
            case SHARED -> SHARED;
        };
    }

    @Override
    public TokenCodec codec(int vocabularySize, byte[] configuration) {
        ByteBuffer bytes = ByteBuffer.wrap(configuration).order(ByteOrder.LITTLE_ENDIAN);
        if (configuration.length < FIXED_BYTES || bytes.get() != VERSION) {
            throw new IllegalArgumentException("configuration must be of version 1, and at least 18 bytes");
        }
        int form = bytes.get();
        if (form != FLAT && form != NESTED && form != SHARED) {
            throw new IllegalArgumentException("form must be 0, 1 or 2, is " + form);
        }
        int fingerprintBytes = form == SHARED ? DictionaryFile.CHECK_BYTES : 0;
        MetaTokenConfig.Builder builder = MetaTokenConfig.builder(vocabularySize)
                .form(form == NESTED ? MetaTokenForm.NESTED : MetaTokenForm.FLAT);
        builder.window(bytes.getInt()).delimiters(bytes.getInt(), bytes.getInt());
        int ranges = bytes.getInt();
        int rangeBytes = bytes.remaining() - fingerprintBytes;
        if (ranges < 1 || rangeBytes % RANGE_BYTES != 0 || ranges != rangeBytes / RANGE_BYTES) {
            throw new IllegalArgumentException(
                    "pool must have as many ranges as stated, states " + ranges + " in " + rangeBytes + " bytes");
        }
        for (int i = 0; i < ranges; i++) {
            builder.addPool(bytes.getInt(), bytes.getInt());
        }
        if (form == SHARED) {
            byte[] fingerprint = new byte[fingerprintBytes];
            bytes.get(fingerprint);
            builder.dictionary(held(fingerprint));
        }
        return new MetaTokenCodec(builder.build());
    }

    private static MetaTokenDictionary held(byte[] fingerprint) {
        MetaTokenDictionary dictionary = HELD.get(key(fingerprint));
        if (dictionary == null) {
            throw new IllegalArgumentException(
                    "dictionary must be one that is held, has fingerprint " + key(fingerprint));
        }
        return dictionary;
    }

    @Override
    public long decoderBytes(TokenCodec codec) {
        MetaTokenConfig config = ((MetaTokenCodec) codec).config();
        return config.dictionary() == null
                ? MetaTokenDecoderKernel.stateBytes(config)
                : SharedDecoderKernel.STATE_BYTES;
    }
}
