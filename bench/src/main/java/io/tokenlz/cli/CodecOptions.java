package io.tokenlz.cli;

import io.tokenlz.core.TokenCodec;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a command that cannot do without a codec: which one, and how it is configured. */
final class CodecOptions {
    @Option(
            names = "--codec",
            required = true,
            paramLabel = "CODEC",
            description = "hyper (hypertokens) or meta (meta-tokens)")
    private CodecConfiguration.Kind kind = CodecConfiguration.Kind.HYPER;

    @Option(
            names = "--vocab-size",
            required = true,
            paramLabel = "N",
            description = "size of the base vocabulary: IDs are 0 to N-1")
    private int vocabularySize;

    @Mixin
    private CodecConfiguration configuration = new CodecConfiguration();

    /** The codec that the options describe. */
    TokenCodec codec() {
        return configuration.codec(kind, vocabularySize);
    }
}
