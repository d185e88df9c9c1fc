package io.tokenlz.frames;

import io.tokenlz.core.TokenCodec;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The codecs that are on the class path, by name. */
final class FrameCodecs {
    /** Leaves room for the header's other fields. */
    private static final int MOST_CONFIGURATION_BYTES = 60_000;

    private static final Map<String, FrameCodecProvider> PROVIDERS = new TreeMap<>();

    static {
        for (FrameCodecProvider provider :
                ServiceLoader.load(FrameCodecProvider.class, FrameCodecProvider.class.getClassLoader())) {
            PROVIDERS.putIfAbsent(provider.name(), provider);
        }
    }

    private FrameCodecs() {}

    static byte[] configuration(TokenCodec codec) {
        FrameCodecProvider provider = PROVIDERS.get(codec.name());
        if (provider == null) {
            throw new IllegalArgumentException("no provider of codec " + codec.name() + " among " + PROVIDERS.keySet());
        }
        byte[] configuration = provider.configuration(codec);
        if (configuration.length > MOST_CONFIGURATION_BYTES) {
            throw new IllegalArgumentException("configuration of codec " + codec.name() + " must have at most "
                    + MOST_CONFIGURATION_BYTES + " bytes, has " + configuration.length);
        }
        return configuration;
    }

    static TokenCodec codec(String name, int vocabularySize, byte[] configuration) {
        FrameCodecProvider provider = PROVIDERS.get(name);
        if (provider == null) {
            throw new MalformedPayload("a codec of " + PROVIDERS.keySet(), "codec " + name);
        }
        try {
            return provider.codec(vocabularySize, configuration);
        } catch (IllegalArgumentException refused) {
            throw new MalformedPayload("a configuration of codec " + name, String.valueOf(refused.getMessage()));
        }
    }

    static long decoderBytes(@Nullable TokenCodec codec) {
        if (codec == null) {
            return 0;
        }
        FrameCodecProvider provider = PROVIDERS.get(codec.name());
        return provider == null ? 0 : provider.decoderBytes(codec);
    }
}
