package io.tokenlz.hypertokens;

import io.tokenlz.core.TokenCodec;
import io.tokenlz.frames.FrameCodecProvider;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Lets framed streams carry hypertokens: the configuration's form in a stream's header, replay rule included (HYPERTOKENS.md,
 * section 7). Thread-safe.
 */
public final class HypertokenFrames implements FrameCodecProvider {
    private static final int VERSION = 1;
    private static final int BASE = 0;
    private static final int EMITTED = 1;
    private static final int FIXED_BYTES = 1 + 1 + 4 * Integer.BYTES;
    private static final int NO_PAD = -1;

    /** For {@link java.util.ServiceLoader}. */
    public HypertokenFrames() {}

    @Override
    public String name() {
        return "hypertokens";
    }

    @Override
    public byte[] configuration(TokenCodec codec) {
        if (!(codec instanceof HypertokenCodec hypertokens)) {
            throw new IllegalArgumentException("not a HypertokenCodec: " + codec);
        }
        if (!hypertokens.startsEmpty()) {
            throw new IllegalArgumentException("a header can't name the codebook that streams start from: " + codec);
        }
        HypertokenConfig config = hypertokens.config();
        int[] disabled = config.disabledIds();
        ByteBuffer bytes = ByteBuffer.allocate(FIXED_BYTES + disabled.length * Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) VERSION).put((byte) (config.replayRule() == ReplayRule.BASE ? BASE : EMITTED));
        bytes.putInt(config.codebookSize()).putInt(config.maxSubtokens()).putInt(config.padId());
        bytes.putInt(disabled.length);
        for (int id : disabled) {
            bytes.putInt(id);
        }
        return bytes.array();
    }

    @Override
    public TokenCodec codec(int vocabularySize, byte[] configuration) {
        ByteBuffer bytes = ByteBuffer.wrap(configuration).order(ByteOrder.LITTLE_ENDIAN);
        if (configuration.length < FIXED_BYTES || bytes.get() != VERSION) {
            throw new IllegalArgumentException("configuration must be of version 1, and at least 18 bytes");
        }
        int rule = bytes.get();
        if (rule != BASE && rule != EMITTED) {
            throw new IllegalArgumentException("replay rule must be 0 or 1, is " + rule);
        }
        HypertokenConfig.Builder builder =
                HypertokenConfig.builder(vocabularySize, rule == BASE ? ReplayRule.BASE : ReplayRule.EMITTED);
        builder.codebookSize(bytes.getInt()).maxSubtokens(bytes.getInt());
        int pad = bytes.getInt();
        if (pad != NO_PAD) {
            builder.padId(pad);
        }
        int count = bytes.getInt();
        if (count < 0 || bytes.remaining() % Integer.BYTES != 0 || count != bytes.remaining() / Integer.BYTES) {
            throw new IllegalArgumentException(
                    "disabledIds must be as many as stated, states " + count + " in " + bytes.remaining() + " bytes");
        }
        int[] disabled = new int[count];
        bytes.asIntBuffer().get(disabled);
        return new HypertokenCodec(builder.disabledIds(disabled).build());
    }

    @Override
    public long decoderBytes(TokenCodec codec) {
        HypertokenConfig config = ((HypertokenCodec) codec).config();
        // the phrases, what finds them, the loop's stage, and at most three phrases of the replay
        return Codebook.stateBytes(config)
                + ExpansionLoop.stateBytes(config)
                + 3L * Integer.BYTES * (config.longestPhrase() + 1L);
    }
}
