package io.tokenlz.cli;

import io.tokenlz.core.TokenCodec;
import io.tokenlz.core.TokenCoder;
import picocli.CommandLine.Command;

@Command(
        name = "decode",
        mixinStandardHelpOptions = true,
        versionProvider = TokenLz.Version.class,
        description = "Decode a file of token IDs; the options must be those that it was encoded with.",
        footer = {"", "Example:", "  tokenlz decode --codec hyper --vocab-size 200019 prompt.hyper.u32 prompt.u32"})
final class DecodeCommand extends CodingCommand {
    @Override
    String verb() {
        return "decode";
    }

    @Override
    TokenCoder coder(TokenCodec codec) {
        return codec.newDecoder();
    }
}
