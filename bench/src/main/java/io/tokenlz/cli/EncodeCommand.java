package io.tokenlz.cli;

import io.tokenlz.core.TokenCodec;
import io.tokenlz.core.TokenCoder;
import picocli.CommandLine.Command;

@Command(
        name = "encode",
        mixinStandardHelpOptions = true,
        versionProvider = TokenLz.Version.class,
        description = "Encode a file of token IDs.",
        footer = {"", "Example:", "  tokenlz encode --codec hyper --vocab-size 200019 prompt.u32 prompt.hyper.u32"})
final class EncodeCommand extends CodingCommand {
    @Override
    String verb() {
        return "encode";
    }

    @Override
    TokenCoder coder(TokenCodec codec) {
        return codec.newEncoder();
    }
}
