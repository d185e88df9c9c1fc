package io.tokenlz.cli;

import io.tokenlz.bench.CodecMeasurement;
import io.tokenlz.bench.TokenFile;
import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.core.TokenCodec;
import io.tokenlz.hypertokens.HypertokenCodec;
import io.tokenlz.hypertokens.HypertokenConfig;
import io.tokenlz.hypertokens.ReplayRule;
import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import io.tokenlz.metatokens.MetaTokenForm;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        versionProvider = TokenLz.Version.class,
        description = {
            "Run both codecs over real tokens: how many are left, how fast, and whether all came back.",
            "Every document is a stream of its own, cut where it is too long.",
            "With --wire: how many bytes the wire format needs, and how fast it is, beside its rivals.",
            "With --random-access: how fast any place of a large stored stream is read, and how little of it for that.",
            "With --scaling: what a token costs as documents get longer, streams more and threads two.",
            "With --meta: what each effort of meta-tokens removes and takes, beside what their paper reached.",
            "With --html: a page with charts of the codecs and the wire format, in one file that needs no network."
        },
        exitCodeListHeading = TokenLz.STATUS_HEADING,
        exitCodeList = {"0:all came back exactly", "1:a round trip failed", TokenLz.STATUS_BAD_INPUT, TokenLz.STATUS_BUG
        },
        footer = {
            "",
            "Examples:",
            "  tokenlz report notes.txt",
            "  tokenlz report --vocab-size 32000 corpus.u32",
            "  tokenlz report --wire --corpora corpora",
            "  tokenlz report --html report.html notes.txt",
            "  tokenlz report --scaling",
            "  tokenlz report --meta --corpora corpora",
            "  java -Xmx256m -jar tokenlz.jar report --random-access"
        })
final class ReportCommand implements Callable<Integer> {
    private static final double DEFAULT_SECONDS = 0.5;
    private static final double DEFAULT_WIRE_SECONDS = 0.3;

    /** There are a few hundred figures on a page. */
    private static final double DEFAULT_HTML_SECONDS = 0.1;

    private static final long MOST_TOKENS = 1L << 40;
    private static final int MOST_READS = 10_000_000;

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description =
                    "UTF-8 text (.jsonl: a document a line), or token IDs (.u32: little-endian, 32 bits, documents by a .idx"
                            + " file beside it); by default sample text of the build")
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
            description = "most tokens in a document, 0 for no limit; default: ${DEFAULT-VALUE}")
    private int documentTokens = 8192;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "how long to time each codec and direction, 0 for not at all; default: " + DEFAULT_SECONDS
                    + ", with --wire " + DEFAULT_WIRE_SECONDS + ", with --html " + DEFAULT_HTML_SECONDS)
    private @Nullable Double seconds;

    @Option(
            names = "--wire",
            description =
                    "report on the wire format instead: bytes a token and speed beside varints, zstd, lz4, Snappy,"
                            + " Deflate, FastPFOR and xz, each file as it is")
    private boolean wire;

    @Option(
            names = "--html",
            paramLabel = "OUT.html",
            description =
                    "write the report as a page in one file, charts included: codecs and wire format beside rivals")
    private @Nullable String html;

    @Option(
            names = "--corpora",
            paramLabel = "DIR",
            description =
                    "with --wire, --meta or --html: a folder of <kind>-<name>.txt, .jsonl (a document a line: its text, content or"
                            + " messages, or the line) or .u32 files (documents by a .idx file), or of such .u32 files"
                            + " in a folder for each vocabulary; the report is by kind")
    private @Nullable Path corpora;

    @Option(
            names = "--corpus-vocabulary",
            paramLabel = "NAME",
            defaultValue = "o200k",
            description =
                    "the folder of --corpora with .u32 files: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
    private CorpusFolder corpusVocabulary = CorpusFolder.O200K;

    @Option(
            names = "--random-access",
            description = "report on random access instead: generated tokens, packed in a temporary file in blocks of"
                    + " several sizes, are read in random places and compared")
    private boolean randomAccess;

    @Option(
            names = "--tokens",
            paramLabel = "N",
            defaultValue = "100000000",
            description = "with --random-access: tokens in the file, one to two bytes each; default: ${DEFAULT-VALUE}")
    private long tokens = 100_000_000;

    @Option(
            names = "--reads",
            paramLabel = "N",
            defaultValue = "100000",
            description = "with --random-access: how many reads of " + RandomAccessRun.READ_TOKENS
                    + " tokens; default: ${DEFAULT-VALUE}")
    private int reads = 100_000;

    @Mixin
    private MetaReportOptions meta = new MetaReportOptions();

    @Mixin
    private ScalingOptions scaling = new ScalingOptions();

    @Option(names = "--json", description = "print JSON instead of a table")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        checkFlags();
        PrintWriter out = spec.commandLine().getOut();
        int status = report(out);
        if (out.checkError()) {
            throw new BadInput("standard output: cannot be written to");
        }
        return status;
    }

    private int report(PrintWriter out) throws IOException {
        if (scaling.isWanted()) {
            return reportOnScaling(out);
        }
        if (html != null) {
            return reportAsPage(html);
        }
        if (meta.isWanted()) {
            return reportOnMetaTokens(out);
        }
        return randomAccess ? reportOnRandomAccess(out) : wire ? reportOnTheWire(out) : reportOnTheCodecs(out);
    }

    private void checkFlags() {
        if (documentTokens < 0) {
            throw new BadInput("--document must not be negative, is " + documentTokens);
        }
        int mostIds = Integer.MAX_VALUE - MetaTokenConfig.DEFAULT_POOL_SIZE - HypertokenConfig.DEFAULT_CODEBOOK_SIZE;
        if (vocabularySize != null && (vocabularySize < 1 || vocabularySize > mostIds)) {
            throw new BadInput("--vocab-size must be 1 to " + mostIds + ", is " + vocabularySize);
        }
        if (!(seconds() >= 0) || seconds() > 3600) {
            throw new BadInput("--seconds must be 0 to 3600, is " + seconds());
        }
        ParseResult given = spec.commandLine().getParseResult();
        scaling.check(given, files);
        meta.check(given);
        checkPage(given);
        checkRandomAccess(given);
        if (wire && given.hasMatchedOption("--document")) {
            throw new BadInput("--document: --wire cuts files as each of its scenarios needs");
        }
        if (!wire
                && !meta.isWanted()
                && html == null
                && (corpora != null || given.hasMatchedOption("--corpus-vocabulary"))) {
            throw new BadInput("--corpora and --corpus-vocabulary need --wire, --meta or --html");
        }
        if (corpora == null && given.hasMatchedOption("--corpus-vocabulary")) {
            throw new BadInput("--corpus-vocabulary needs --corpora");
        }
        if (corpora != null && !files.isEmpty()) {
            throw new BadInput("--corpora takes no FILE: it has files of its own");
        }
    }

    private void checkPage(ParseResult given) {
        for (String other : List.of("--wire", "--random-access", "--json")) {
            if (html != null && given.hasMatchedOption(other)) {
                throw new BadInput("--html and " + other + " exclude each other");
            }
        }
    }

    private void checkRandomAccess(ParseResult given) {
        if (!randomAccess) {
            if (given.hasMatchedOption("--tokens") || given.hasMatchedOption("--reads")) {
                throw new BadInput("--tokens and --reads need --random-access");
            }
            return;
        }
        for (String other : List.of(
                "--wire", "--corpora", "--corpus-vocabulary", "--vocab", "--vocab-size", "--document", "--seconds")) {
            if (given.hasMatchedOption(other)) {
                throw new BadInput("--random-access and " + other + " exclude each other");
            }
        }
        if (!files.isEmpty()) {
            throw new BadInput("--random-access takes no FILE: it generates its tokens");
        }
        if (tokens < RandomAccessRun.READ_TOKENS || tokens > MOST_TOKENS) {
            throw new BadInput(
                    "--tokens must be " + RandomAccessRun.READ_TOKENS + " to " + MOST_TOKENS + ", is " + tokens);
        }
        if (reads < 1 || reads > MOST_READS) {
            throw new BadInput("--reads must be 1 to " + MOST_READS + ", is " + reads);
        }
    }

    private double seconds() {
        if (seconds != null) {
            return seconds;
        }
        return html != null ? DEFAULT_HTML_SECONDS : wire ? DEFAULT_WIRE_SECONDS : DEFAULT_SECONDS;
    }

    private List<TokenFile> tokenFiles() throws IOException {
        if (corpora == null) {
            return inputs().read();
        }
        ParseResult given = spec.commandLine().getParseResult();
        if (!corpusVocabulary.isIn(corpora) && !given.hasMatchedOption("--corpus-vocabulary")) {
            return DocumentFolder.read(corpora, vocabulary, vocabularySize);
        }
        if (vocabularySize != null || given.hasMatchedOption("--vocab")) {
            throw new BadInput(
                    "--vocab and --vocab-size: the folders of " + corpora + " have vocabularies of their own");
        }
        return corpusVocabulary.read(corpora);
    }

    private int reportAsPage(String out) throws IOException {
        List<String> arguments = spec.root().commandLine().getParseResult().originalArgs();
        return new HtmlReportOutput(arguments, out).write(tokenFiles(), documentTokens, seconds());
    }

    private int reportOnTheWire(PrintWriter out) throws IOException {
        WireReport report = new WireRun(tokenFiles(), seconds()).run();
        if (json) {
            WireJson.print(report, out);
        } else {
            WireTables.print(report, out);
        }
        return report.exitStatus();
    }

    private int reportOnMetaTokens(PrintWriter out) throws IOException {
        MetaReport report = new MetaRun(tokenFiles(), seconds()).run();
        if (json) {
            report.printJson(out);
        } else {
            report.print(out);
        }
        return report.exitStatus();
    }

    private int reportOnRandomAccess(PrintWriter out) throws IOException {
        RandomAccessReport report = new RandomAccessRun(tokens, reads).run();
        if (json) {
            report.printJson(out);
        } else {
            report.print(out);
        }
        return report.exitStatus();
    }

    private int reportOnScaling(PrintWriter out) {
        ScalingReport report = scaling.run(seconds());
        if (json) {
            report.printJson(out);
        } else {
            report.print(out);
        }
        return report.exitStatus();
    }

    private ReportInputs inputs() {
        return new ReportInputs(files, vocabulary, vocabularySize);
    }

    private int reportOnTheCodecs(PrintWriter out) throws IOException {
        ReportTable table = new ReportTable();
        int steps = Math.max(1, inputs().count() * codecs(1).size());
        try (DelayedProgress progress = new DelayedProgress("report", steps, " runs", 1)) {
            int step = 0;
            for (TokenFile tokens : inputs().read()) {
                for (Map.Entry<String, TokenCodec> codec :
                        codecs(tokens.vocabularySize()).entrySet()) {
                    table.add(tokens.name(), codec.getKey(), codec.getValue(), measure(tokens, codec.getValue()));
                    progress.at(++step);
                }
            }
        }
        if (json) {
            table.printJson(out);
        } else {
            table.print(out, documentTokens, seconds());
        }
        return table.exitStatus();
    }

    private CodecMeasurement.Result measure(TokenFile tokens, TokenCodec codec) {
        int document = documentTokens == 0 ? Math.max(1, tokens.ids().length) : documentTokens;
        try {
            return new CodecMeasurement(codec, tokens, document).run(seconds());
        } catch (MalformedTokenStreamException outsideVocabulary) {
            throw new BadInput(tokens.name() + ": " + outsideVocabulary.getMessage());
        }
    }

    /** The codecs that reports are about, by name. */
    static Map<String, TokenCodec> codecs(int vocabularySize) {
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
}
