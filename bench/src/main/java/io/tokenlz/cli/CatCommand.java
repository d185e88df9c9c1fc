package io.tokenlz.cli;

import io.tokenlz.frames.FrameReader;
import io.tokenlz.frames.MalformedFrameException;
import io.tokenlz.frames.StoredStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "cat",
        mixinStandardHelpOptions = true,
        versionProvider = TokenLz.Version.class,
        description = {
            "Print the tokens of a stream (.tlz) to standard output: all, or a document or a range of a stored stream.",
            "Little-endian 32-bit IDs, or text; a document or a range is read from the restart before it."
        },
        footer = {
            "",
            "Examples:",
            "  tokenlz cat --document 7 corpus.tlz > document.u32",
            "  tokenlz cat --range 1000:1100 --text corpus.tlz"
        })
final class CatCommand implements Callable<Integer> {
    private static final int WINDOW_TOKENS = 1 << 14;
    private static final long MEBIBYTE = 1 << 20;
    private static final long MILLION = 1_000_000;

    @Option(names = "--document", paramLabel = "K", description = "only document K; the first is 0")
    private @Nullable Integer document;

    @Option(
            names = "--range",
            paramLabel = "A:B",
            description = "only tokens A to B-1 of the stream; A: to its end, :B from its start")
    private @Nullable String range;

    @Option(names = "--text", description = "print decimal IDs, one a line, instead of bytes")
    private boolean text;

    @Mixin
    private HeldDictionaries dictionaries = new HeldDictionaries();

    @Parameters(index = "0", paramLabel = "IN", description = "a stream (.tlz); - for standard input")
    private String in = "-";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Tokens that begin at {@code from} and end before {@code to}. */
    private record Range(long from, long to) {}

    /** What prints into a sink, and tells how far it got. */
    private interface Printing {
        void run(TokenSink sink, LongConsumer progress) throws IOException;
    }

    @Override
    public Integer call() throws IOException {
        return dictionaries.during(this::print);
    }

    private Integer print() throws IOException {
        if (document != null && range != null) {
            throw new BadInput("--document and --range exclude each other");
        }
        try (InputFile source = InputFile.open(in)) {
            if (document == null && range == null) {
                printAll(source);
            } else {
                StoredStream stream = FrameFileReading.openStored(source);
                Range chosen = range == null ? document(stream) : range(range, stream);
                print(
                        (sink, progress) -> printRange(stream, chosen, sink, progress),
                        chosen.to - chosen.from,
                        " Mtok",
                        MILLION);
            }
        } catch (MalformedFrameException malformed) {
            throw new BadInput(in + ": " + malformed.getMessage());
        } catch (NoSuchFileException | AccessDeniedException named) {
            throw named;
        } catch (IOException failure) {
            // reading names its file itself
            throw new BadInput("standard output: " + TokenLz.describe(failure));
        }
        return TokenLz.DONE;
    }

    private void printAll(InputFile source) throws IOException {
        try (FrameReader reader = new FrameReader(FrameFileReading.LIMITS)) {
            FrameFileReading reading = new FrameFileReading(source, reader);
            reading.header(); // a file of another kind is refused before the output is touched
            print(reading::run, source.size(), " MiB", MEBIBYTE);
        }
    }

    private void print(Printing printing, long total, String unit, long unitSize) throws IOException {
        if (text) {
            // on a terminal a bar would get between the lines
            printing.run(new TokenText(spec.commandLine().getOut()), done -> {});
            return;
        }
        try (OutputFile target = OutputFile.open("-");
                DelayedProgress progress = new DelayedProgress("cat", total, unit, unitSize)) {
            printing.run(new TokenFileOutput(target.channel(), Integer.BYTES), progress::at);
            target.complete();
        }
    }

    private static void printRange(StoredStream stream, Range chosen, TokenSink sink, LongConsumer progress)
            throws IOException {
        int[] tokens = new int[WINDOW_TOKENS];
        for (long at = chosen.from; at < chosen.to; ) {
            int count = (int) Math.min(WINDOW_TOKENS, chosen.to - at);
            stream.read(at, tokens, 0, count);
            sink.write(tokens, count);
            at += count;
            progress.accept(at - chosen.from);
        }
    }

    private Range document(StoredStream stream) {
        int chosen = document == null ? 0 : document;
        if (chosen < 0 || chosen >= stream.documents()) {
            throw new BadInput(
                    "--document: " + in + " has documents 0 to " + (stream.documents() - 1) + ", not " + chosen);
        }
        return new Range(stream.documentStart(chosen), stream.documentStart(chosen + 1));
    }

    private Range range(String written, StoredStream stream) {
        String[] ends = written.split(":", -1);
        Range chosen;
        try {
            if (ends.length != 2) {
                throw new NumberFormatException();
            }
            chosen = new Range(
                    ends[0].isEmpty() ? 0 : Long.parseLong(ends[0]),
                    ends[1].isEmpty() ? stream.tokens() : Long.parseLong(ends[1]));
        } catch (NumberFormatException noRange) {
            throw new BadInput("--range: '" + written + "' is not A:B, A: or :B");
        }
        if (chosen.from < 0 || chosen.from > chosen.to || chosen.to > stream.tokens()) {
            throw new BadInput("--range: '" + written + "' is not within the " + stream.tokens() + " tokens of " + in);
        }
        return chosen;
    }
}
