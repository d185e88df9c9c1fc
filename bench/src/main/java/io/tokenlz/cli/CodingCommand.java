package io.tokenlz.cli;

import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.core.TokenCodec;
import io.tokenlz.core.TokenCoder;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What encode and decode share. */
abstract class CodingCommand implements Callable<Integer> {
    private static final long MEBIBYTE = 1 << 20;

    @Mixin
    private CodecOptions codecOptions = new CodecOptions();

    @Parameters(index = "0", paramLabel = "IN", description = "little-endian 32-bit token IDs; - for standard input")
    private String in = "-";

    @Parameters(index = "1", paramLabel = "OUT", description = "where they go; - for standard output")
    private String out = "-";

    abstract String verb();

    abstract TokenCoder coder(TokenCodec codec);

    @Override
    public Integer call() throws IOException {
        TokenCodec codec = codecOptions.codec();
        try (InputFile source = InputFile.open(in);
                OutputFile target = OutputFile.open(out);
                TokenCoder coder = coder(codec);
                DelayedProgress progress = new DelayedProgress(verb(), source.size(), " MiB", MEBIBYTE)) {
            new TokenFileCoding(coder, target.channel()).run(source, progress::at);
            target.complete();
        } catch (MalformedTokenStreamException malformed) {
            throw new BadInput(in + ": " + malformed.getMessage());
        } catch (NoSuchFileException | AccessDeniedException named) {
            throw named;
        } catch (IOException failure) {
            // reading names its file itself
            throw new BadInput(out + ": " + TokenLz.describe(failure));
        }
        return TokenLz.DONE;
    }
}
