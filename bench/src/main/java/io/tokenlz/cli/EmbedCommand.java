package io.tokenlz.cli;

import io.tokenlz.hypertokens.embedding.ElementType;
import io.tokenlz.hypertokens.embedding.EmbeddingBackend;
import io.tokenlz.hypertokens.embedding.EmbeddingTable;
import io.tokenlz.hypertokens.embedding.EmbeddingTableFailedException;
import io.tokenlz.hypertokens.embedding.HyperEncoder;
import io.tokenlz.hypertokens.embedding.TableSide;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "embed",
        mixinStandardHelpOptions = true,
        versionProvider = TokenLz.Version.class,
        description = {
            "Compute the rows of a vector of hyper-encoders, and compare them with those that the file expects.",
            "The file has config, subtokens and expected rows; the weights are beside it, in VECTOR.safetensors. With --dtype"
                    + " f16 or bf16 the weights are rounded too, as a model of that precision has them.",
            "Prints the largest error of any number, relative to its row's largest; exit status 1 if it is above 1e-5 (f32),"
                    + " 2e-3 (f16) or 2e-2 (bf16)."
        },
        exitCodeListHeading = TokenLz.STATUS_HEADING,
        exitCodeList = {
            "0:every row is as near as its precision allows",
            "1:a row is farther off",
            TokenLz.STATUS_BAD_INPUT,
            TokenLz.STATUS_BUG
        },
        footer = {"", "Example:", "  tokenlz embed --dtype bf16 transformer_wide.json"})
final class EmbedCommand implements Callable<Integer> {
    @Option(names = "--backend", paramLabel = "NAME", description = "where to compute; default: ${DEFAULT-VALUE}")
    private String backend = "reference";

    @Option(names = "--dtype", paramLabel = "TYPE", description = "f32, f16 or bf16; default: f32")
    private ElementType type = ElementType.F32;

    @Parameters(index = "0", paramLabel = "VECTOR.json", description = "what to compute, and what is expected")
    private String in = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        EncoderVectorFile vector = EncoderVectorFile.read(in);
        HyperEncoder encoder = vector.encoder().as(type);
        int size = encoder.config().modelSize();
        double error = largestError(vector.expected(size), rows(vector, encoder), size);
        boolean within = error <= bound();
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%s: %d entries, %s, D = %d, %s on %s: largest relative error %.2g, %s %.0g%n",
                in,
                vector.entries(),
                encoder.config().kind().fileName(),
                size,
                type,
                backend,
                error,
                within ? "within" : "above",
                bound());
        if (out.checkError()) { // which writes out what is held back, too
            throw new BadInput("standard output: cannot be written to");
        }
        return within ? TokenLz.DONE : TokenLz.NOT_EXACT;
    }

    private float[] rows(EncoderVectorFile vector, HyperEncoder encoder) {
        int entries = vector.entries();
        float[] rows = new float[entries * encoder.config().modelSize()];
        int[] subtokens = vector.subtokens(encoder.config().maxSubtokens());
        try (EmbeddingTable table = EmbeddingTable.builder(encoder)
                .codebookSize(entries)
                .elementType(type)
                .ringEntries(entries)
                .backend(EmbeddingBackend.named(backend))
                .open()) {
            int[] slots = IntStream.range(0, entries).toArray();
            table.submit(new int[entries], slots, subtokens, 0, entries);
            table.read(TableSide.INPUT, 0, 0, entries, rows, 0);
        } catch (EmbeddingTableFailedException failed) {
            throw new BadInput(String.valueOf(failed.getMessage()));
        }
        return rows;
    }

    private double bound() {
        return switch (type) {
            case F32 -> 1e-5;
            case F16 -> 2e-3;
            case BF16 -> 2e-2;
        };
    }

    private static double largestError(double[] expected, float[] rows, int size) {
        double largest = 0;
        for (int row = 0; row < rows.length; row += size) {
            double scale = 0;
            double error = 0;
            for (int i = row; i < row + size; i++) {
                scale = Math.max(scale, Math.abs(expected[i]));
                error = Math.max(error, Math.abs(rows[i] - expected[i]));
            }
            largest = Math.max(largest, error == 0 ? 0 : error / scale);
        }
        return largest;
    }
}
