package io.tokenlz.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenlz.frames.FrameReader;
import io.tokenlz.frames.MalformedFrameException;
import io.tokenlz.frames.StoredStream;
import io.tokenlz.frames.StreamHeader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "info",
        mixinStandardHelpOptions = true,
        versionProvider = TokenLz.Version.class,
        description = {
            "Say what a stream (.tlz) is, without unpacking it: its header, and what the index of a stored stream tells.",
            "That its tokens are undamaged only unpack can say."
        },
        footer = {"", "Example:", "  tokenlz info corpus.tlz"})
final class InfoCommand implements Callable<Integer> {
    /** Behind the magic bytes. */
    private static final int VERSION_AT = 3;

    @Option(names = "--json", description = "print JSON instead of lines")
    private boolean json;

    @Mixin
    private HeldDictionaries dictionaries = new HeldDictionaries();

    @Parameters(index = "0", paramLabel = "IN", description = "a file with a stream (.tlz)")
    private String in = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        return dictionaries.during(this::describe);
    }

    private Integer describe() throws IOException {
        ObjectNode facts = new ObjectMapper().createObjectNode().put("file", in);
        try (InputFile source = InputFile.open(in)) {
            source.regular();
            StreamHeader header = readHeader(source);
            describeHeader(header, version(source), facts);
            facts.put("fileBytes", source.size());
            if (header.stored()) {
                describeIndex(FrameFileReading.openStored(source), source.size(), facts);
            }
        } catch (MalformedFrameException malformed) {
            throw new BadInput(in + ": " + malformed.getMessage());
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(facts.toPrettyString());
        } else {
            print(facts, out);
        }
        if (out.checkError()) {
            throw new BadInput("standard output: cannot be written to");
        }
        return TokenLz.DONE;
    }

    private static StreamHeader readHeader(InputFile source) {
        try (FrameReader reader = new FrameReader(FrameFileReading.LIMITS)) {
            return new FrameFileReading(source, reader).header();
        }
    }

    private static int version(InputFile source) {
        ByteBuffer version = ByteBuffer.allocate(1);
        source.read(version, VERSION_AT);
        return version.get(0) & 0x7F; // the highest bit marks the byte as no text
    }

    private static void describeHeader(StreamHeader header, int version, ObjectNode facts) {
        facts.put("version", version)
                .put("vocabulary", header.vocabularySize())
                .put("codec", header.codec() == null ? "none" : header.codec().name());
        if (header.codec() != null) {
            facts.put("configuration", header.codec().toString());
        }
        facts.put("window", header.window())
                .put("tokenizer", fingerprint(header.tokenizerFingerprint()))
                .put("dictionary", fingerprint(header.dictionaryFingerprint()))
                .put("stored", header.stored());
    }

    private static String fingerprint(byte[] bytes) {
        return bytes.length == 0 ? "none" : HexFormat.of().formatHex(bytes);
    }

    private static void describeIndex(StoredStream stream, long fileBytes, ObjectNode facts) {
        facts.put("tokens", stream.tokens())
                .put("documents", stream.documents())
                .put("restarts", stream.restarts())
                .put("indexBytes", stream.indexBytes());
        if (stream.tokens() > 0) {
            facts.put("bytesPerToken", (double) fileBytes / stream.tokens());
        }
    }

    private static void print(ObjectNode facts, PrintWriter out) {
        for (Map.Entry<String, JsonNode> fact : facts.properties()) {
            out.printf("%-15s %s%n", words(fact.getKey()), value(fact.getValue()));
        }
        if (!facts.get("stored").booleanValue()) {
            out.println("Not a stored stream: how many tokens it has is known only after reading it.");
        }
    }

    /** A name of the JSON form as people read it. */
    private static String words(String name) {
        return name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }

    private static String value(JsonNode value) {
        if (value.isDouble()) {
            return String.format(Locale.ROOT, "%.3f", value.doubleValue());
        }
        return value.isIntegralNumber() ? String.format(Locale.ROOT, "%,d", value.longValue()) : value.asText();
    }
}
