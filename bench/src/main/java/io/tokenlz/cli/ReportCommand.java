package io.tokenlz.cli;

import io.tokenlz.bench.CodecMeasurement;
import io.tokenlz.bench.SampleText;
import io.tokenlz.bench.Tokenizer;
import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.core.TokenCodec;
import io.tokenlz.hypertokens.HypertokenCodec;
import io.tokenlz.hypertokens.HypertokenConfig;
import io.tokenlz.hypertokens.ReplayRule;
import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import io.tokenlz.metatokens.MetaTokenForm;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        versionProvider = TokenLz.Version.class,
        description = {
            "Run both codecs over real tokens: how many are left, how fast, and whether all came back.",
            "Each file is cut into documents, and every document is a stream of its own."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:all came back exactly", "1:a round trip failed", "2:a bad flag or file"},
        footer = {"", "Examples:", "  tokenlz report notes.txt", "  tokenlz report --vocab-size 32000 corpus.u32"})
final class ReportCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description =
                    "UTF-8 text, or token IDs (.u32: little-endian, 32 bits); by default sample text of the build")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--vocab",
            paramLabel = "NAME",
            defaultValue = "o200k_base",
            description = "vocabulary that text is tokenized with; default: ${DEFAULT-VALUE}")
    private String vocabulary = "o200k_base";

    @Option(names = "--vocab-size", paramLabel = "N", description = "size of the vocabulary of .u32 files")
    private @Nullable Integer vocabularySize;

    @Option(
            names = "--document",
            paramLabel = "TOKENS",
            defaultValue = "8192",
            description = "tokens in a document, 0 for whole files; default: ${DEFAULT-VALUE}")
    private int documentTokens = 8192;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "0.5",
            description = "how long to time each codec and direction, 0 for not at all; default: ${DEFAULT-VALUE}")
    private double seconds = 0.5;

    @Option(names = "--json", description = "print JSON instead of a table")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Tokens of one file, and the vocabulary that they are of. */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    private record Tokens(String name, int[] ids, int vocabularySize) {}

    @Override
    public Integer call() throws IOException {
        if (documentTokens < 0) {
            throw new BadInput("--document must not be negative, is " + documentTokens);
        }
        int mostIds = Integer.MAX_VALUE - MetaTokenConfig.DEFAULT_POOL_SIZE - HypertokenConfig.DEFAULT_CODEBOOK_SIZE;
        if (vocabularySize != null && (vocabularySize < 1 || vocabularySize > mostIds)) {
            throw new BadInput("--vocab-size must be 1 to " + mostIds + ", is " + vocabularySize);
        }
        if (!(seconds >= 0) || seconds > 3600) {
            throw new BadInput("--seconds must be 0 to 3600, is " + seconds);
        }
        ReportTable table = new ReportTable();
        try (DelayedProgress progress = new DelayedProgress("report", Math.max(1, steps()), " runs", 1)) {
            int step = 0;
            for (Tokens tokens : readAll()) {
                for (Map.Entry<String, TokenCodec> codec :
                        codecs(tokens.vocabularySize()).entrySet()) {
                    table.add(tokens.name(), codec.getKey(), codec.getValue(), measure(tokens, codec.getValue()));
                    progress.at(++step);
                }
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            table.printJson(out);
        } else {
            table.print(out, documentTokens, seconds);
        }
        if (out.checkError()) {
            throw new BadInput("standard output: cannot be written to");
        }
        return table.exitStatus();
    }

    private int steps() {
        return (files.isEmpty() ? SampleText.values().length : files.size())
                * codecs(1).size();
    }

    private CodecMeasurement.Result measure(Tokens tokens, TokenCodec codec) {
        int document = documentTokens == 0 ? Math.max(1, tokens.ids().length) : documentTokens;
        try {
            return new CodecMeasurement(codec, tokens.ids(), document).run(seconds);
        } catch (MalformedTokenStreamException outsideVocabulary) {
            throw new BadInput(tokens.name() + ": " + outsideVocabulary.getMessage());
        }
    }

    private static Map<String, TokenCodec> codecs(int vocabularySize) {
        Map<String, TokenCodec> codecs = new LinkedHashMap<>();
        codecs.put(
                "hypertokens",
                new HypertokenCodec(HypertokenConfig.builder(vocabularySize, ReplayRule.BASE)
                        .build()));
        codecs.put("meta flat", new MetaTokenCodec(MetaTokenConfig.of(vocabularySize)));
        codecs.put(
                "meta nested",
                new MetaTokenCodec(MetaTokenConfig.builder(vocabularySize)
                        .form(MetaTokenForm.NESTED)
                        .build()));
        return codecs;
    }

    private List<Tokens> readAll() throws IOException {
        List<Tokens> all = new ArrayList<>();
        if (files.isEmpty()) {
            Tokenizer tokenizer = tokenizer();
            Path folder = sampleFolder();
            for (SampleText sample : SampleText.values()) {
                all.add(new Tokens(sample.label(), tokenizer.tokens(sample.read(folder)), tokenizer.vocabularySize()));
            }
            return all;
        }
        @Nullable Tokenizer tokenizer = null;
        for (String file : files) {
            if (file.endsWith(".u32")) {
                all.add(readIds(file));
            } else {
                tokenizer = tokenizer == null ? tokenizer() : tokenizer;
                all.add(new Tokens(file, tokenizer.tokens(readText(file)), tokenizer.vocabularySize()));
            }
        }
        return all;
    }

    private Tokenizer tokenizer() {
        return Tokenizer.named(vocabulary)
                .orElseThrow(() -> new BadInput(
                        "--vocab: '" + vocabulary + "' is not one of " + String.join(", ", Tokenizer.names())));
    }

    private static String readText(String file) throws IOException {
        try {
            return Files.readString(Path.of(file));
        } catch (CharacterCodingException notUtf8) {
            throw new BadInput(file + ": is not UTF-8 text (token IDs belong in a file named .u32)");
        } catch (IOException failure) {
            throw unreadable(file, failure);
        }
    }

    private Tokens readIds(String file) throws IOException {
        if (vocabularySize == null) {
            throw new BadInput(file + ": needs --vocab-size, the size of the vocabulary that its IDs are of");
        }
        int bound = vocabularySize;
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            // to its end, whatever size it claims: a pipe has none
            byte[] bytes = in.readAllBytes();
            if (bytes.length % Integer.BYTES != 0) {
                throw new BadInput(file + ": ends inside a token: " + bytes.length + " bytes are no multiple of 4");
            }
            int[] ids = new int[bytes.length / Integer.BYTES];
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(ids);
            for (int i = 0; i < ids.length; i++) {
                if (ids[i] < 0 || ids[i] >= bound) {
                    throw new BadInput(file + ": ID " + Integer.toUnsignedString(ids[i]) + " at position " + i
                            + " is not below --vocab-size " + bound);
                }
            }
            return new Tokens(file, ids, bound);
        } catch (IOException failure) {
            throw unreadable(file, failure);
        }
    }

    private static BadInput unreadable(String file, IOException failure) {
        return new BadInput(Files.isDirectory(Path.of(file)) ? file + ": is a directory" : TokenLz.describe(failure));
    }

    /** The build leaves sample text beside the jar. */
    private static Path sampleFolder() {
        try {
            Path jar = Path.of(TokenLz.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path folder = jar.resolveSibling("corpus");
            if (Files.isDirectory(folder)) {
                return folder;
            }
        } catch (URISyntaxException noPath) {
            // told below: there is no folder to look in
        }
        throw new BadInput("no sample text beside the jar (the build puts it into bench/target/corpus): name a FILE");
    }
}
