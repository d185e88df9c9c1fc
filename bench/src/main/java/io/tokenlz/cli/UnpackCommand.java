package io.tokenlz.cli;

import io.tokenlz.frames.FrameReader;
import io.tokenlz.frames.MalformedFrameException;
import io.tokenlz.frames.StoredStream;
import io.tokenlz.frames.StreamHeader;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "unpack",
        mixinStandardHelpOptions = true,
        versionProvider = TokenLz.Version.class,
        description = {
            "Unpack a stream (.tlz) into a file of token IDs, and the index of its documents (.idx) beside it.",
            "Every token is checked; a damaged or truncated stream leaves no file behind."
        },
        footer = {
            "",
            "Examples:",
            "  tokenlz unpack corpus.tlz corpus.u32",
            "  tokenlz unpack --dtype int32 corpus.tlz corpus.bin"
        })
final class UnpackCommand implements Callable<Integer> {
    private static final long MEBIBYTE = 1 << 20;

    @Option(
            names = "--dtype",
            paramLabel = "TYPE",
            description = "uint16 or int32, of a .bin file; default: uint16 if the vocabulary fits")
    private @Nullable MegatronType type;

    @Mixin
    private HeldDictionaries dictionaries = new HeldDictionaries();

    @Parameters(index = "0", paramLabel = "IN", description = "a stream (.tlz); - for standard input")
    private String in = "-";

    @Parameters(
            index = "1",
            paramLabel = "OUT",
            description =
                    "where the tokens go: .u32 (little-endian, 32 bits; with a .idx file for two documents or more), .bin"
                            + " (Megatron, with a .idx file), or - for 32-bit IDs to standard output")
    private String out = "-";

    @Override
    public Integer call() throws IOException {
        return dictionaries.during(this::unpack);
    }

    private Integer unpack() throws IOException {
        TokenFileName name = TokenFileName.of("OUT", out);
        if (type != null && !name.megatron()) {
            throw new BadInput("--dtype is only for a .bin file, not for " + out);
        }
        boolean replaced = name.hasIndexToReplace();
        try (InputFile source = InputFile.open(in);
                OutputFile target = OutputFile.open(out);
                FrameReader reader = new FrameReader(FrameFileReading.LIMITS);
                DelayedProgress progress = new DelayedProgress("unpack", source.size(), " MiB", MEBIBYTE)) {
            FrameFileReading reading = new FrameFileReading(source, reader);
            StreamHeader header = reading.header();
            MegatronType tokenType = name.megatron() ? typeFor(header.vocabularySize()) : MegatronType.INT32;
            if (header.stored() && name.indexName() != null) {
                source.regular(); // fails early: documents are read from the end of the stream
            }
            reading.run(new TokenFileOutput(target.channel(), tokenType.bytes()), progress::at);
            if (name.indexName() != null) {
                StoredStream stored = header.stored() ? FrameFileReading.openStored(source) : null;
                writeIndex(name, replaced, tokenType, stored, reader.totalTokens());
            }
            target.complete();
        } catch (MalformedFrameException malformed) {
            throw new BadInput(in + ": " + malformed.getMessage());
        } catch (NoSuchFileException | AccessDeniedException named) {
            throw named;
        } catch (IOException failure) {
            // reading names its file itself
            throw new BadInput(out + ": " + TokenLz.describe(failure));
        }
        return TokenLz.DONE;
    }

    private MegatronType typeFor(int vocabularySize) {
        if (type == null) {
            return MegatronType.ofVocabulary(vocabularySize);
        }
        if (vocabularySize > type.largestVocabulary()) {
            throw new BadInput(in + ": has a vocabulary of " + vocabularySize + ", which --dtype uint16 cannot hold");
        }
        return type;
    }

    /** A stream without an index of its own is one document. */
    private static void writeIndex(
            TokenFileName name, boolean replaced, MegatronType type, @Nullable StoredStream stored, long tokens)
            throws IOException {
        int documents = stored == null ? 1 : stored.documents();
        if (name.indexName() == null || (documents == 1 && !replaced && !name.megatron())) {
            return;
        }
        try (OutputFile index = OutputFile.open(name.indexName())) {
            DocumentIndexOutput output = new DocumentIndexOutput(
                    index.channel(), documents, i -> stored == null ? i * tokens : stored.documentStart(i));
            if (name.megatron()) {
                output.writeMegatron(type);
            } else {
                output.writeStarts();
            }
            index.complete();
        }
    }
}
