package io.tokenlz.metatokens;

import io.tokenlz.core.TokenCodec;
import io.tokenlz.frames.FrameCodecProvider;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Lets framed streams carry meta-tokens: the configuration's form in a stream's header (META-TOKENS.md, section 6). Thread-safe.
 */
public final class MetaTokenFrames implements FrameCodecProvider {
    private static final int VERSION = 1;
    private static final int FLAT = 0;
    private static final int NESTED = 1;
    private static final int FIXED_BYTES = 1 + 1 + 4 * Integer.BYTES;
    private static final int RANGE_BYTES = 2 * Integer.BYTES;

    /** For {@link java.util.ServiceLoader}. */
    public MetaTokenFrames() {}

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
        ByteBuffer bytes =
                ByteBuffer.allocate(FIXED_BYTES + ranges.length * RANGE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) VERSION).put((byte) (config.form() == MetaTokenForm.NESTED ? NESTED : FLAT));
        bytes.putInt(config.window()).putInt(config.dictionaryStart()).putInt(config.dictionaryEnd());
        bytes.putInt(ranges.length);
        for (int[] range : ranges) {
            bytes.putInt(range[0]).putInt(range[1]);
        }
        return bytes.array();
    }

    @Override
    public TokenCodec codec(int vocabularySize, byte[] configuration) {
        ByteBuffer bytes = ByteBuffer.wrap(configuration).order(ByteOrder.LITTLE_ENDIAN);
        if (configuration.length < FIXED_BYTES || bytes.get() != VERSION) {
            throw new IllegalArgumentException("configuration must be of version 1, and at least 18 bytes");
        }
        int form = bytes.get();
        if (form != FLAT && form != NESTED) {
            throw new IllegalArgumentException("form must be 0 or 1, is " + form);
        }
        MetaTokenConfig.Builder builder = MetaTokenConfig.builder(vocabularySize)
                .form(form == NESTED ? MetaTokenForm.NESTED : MetaTokenForm.FLAT);
        builder.window(bytes.getInt()).delimiters(bytes.getInt(), bytes.getInt());
        int ranges = bytes.getInt();
        if (ranges < 1 || bytes.remaining() % RANGE_BYTES != 0 || ranges != bytes.remaining() / RANGE_BYTES) {
            throw new IllegalArgumentException("pool must have as many ranges as stated, states " + ranges + " in "
                    + bytes.remaining() + " bytes");
        }
        for (int i = 0; i < ranges; i++) {
            builder.addPool(bytes.getInt(), bytes.getInt());
        }
        return new MetaTokenCodec(builder.build());
    }

    @Override
    public long decoderBytes(TokenCodec codec) {
        return MetaTokenDecoderKernel.stateBytes(((MetaTokenCodec) codec).config());
    }
}
