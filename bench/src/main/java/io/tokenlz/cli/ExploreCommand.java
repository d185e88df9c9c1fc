package io.tokenlz.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenlz.bench.SampleText;
import io.tokenlz.bench.Tokenizer;
import io.tokenlz.cli.explore.ExploreServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import reactor.netty.ChannelBindException;

@Command(
        name = "explore",
        mixinStandardHelpOptions = true,
        versionProvider = TokenLz.Version.class,
        description = {
            "Watch tokens become hypertokens or meta-tokens, on a page in a browser.",
            "The page takes a text and shows its tokens as they go in and the codec's IDs as they come out, with the codebook or"
                    + " dictionary beside them. Prints the page's address, and serves it until it is interrupted (Ctrl-C)."
                    + " Nothing but this machine can reach it."
        },
        exitCodeListHeading = TokenLz.STATUS_HEADING,
        exitCodeList = {
            "130:interrupted (Ctrl-C), which is how it ends",
            "2:a bad flag, or a port that is in use",
            TokenLz.STATUS_BUG
        },
        footer = {"", "Examples:", "  tokenlz explore", "  tokenlz explore --port 8080"})
final class ExploreCommand implements Callable<Integer> {
    private static final int MOST_PORT = 65_535;
    private static final int SAMPLE_CHARACTERS = 6000;
    private static final List<String> SAMPLES = List.of("instructions", "tools", "log", "languages");

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "where to listen, 0 for any port that is free; default: ${DEFAULT-VALUE}")
    private int port;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        if (port < 0 || port > MOST_PORT) {
            throw new BadInput("--port must be 0 to " + MOST_PORT + ", is " + port);
        }
        try (ExploreServer server = serve(port)) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(server.address());
            out.flush();
            server.await();
        } catch (ChannelBindException inUse) {
            throw new BadInput("--port " + port + ": cannot be listened on; is it in use?");
        }
        return TokenLz.DONE;
    }

    /** Begins to serve the page. */
    static ExploreServer serve(int port) throws IOException {
        HtmlPage page = HtmlPage.explore(describe());
        return new ExploreServer(port, page.text(), page.policy());
    }

    /** What can be chosen. */
    private static ObjectNode describe() throws IOException {
        ObjectNode data = new ObjectMapper().createObjectNode();
        data.put("mostCharacters", ExploreServer.mostCharacters());
        ArrayNode vocabularies = data.putArray("vocabularies");
        Tokenizer.names().forEach(vocabularies::add);
        ArrayNode codecs = data.putArray("codecs");
        ExploreServer.codecs().forEach(codecs::add);
        ArrayNode samples = data.putArray("samples");
        for (String name : SAMPLES) {
            samples.addObject().put("name", name).put("text", HtmlPage.resource("html/samples/" + name + ".txt"));
        }
        Optional<Path> folder = ReportInputs.sampleFolder();
        if (folder.isPresent()) {
            for (SampleText sample : SampleText.values()) {
                samples.addObject()
                        .put("name", sample.label())
                        .put("text", beginning(sample.read(folder.get(), SAMPLE_CHARACTERS)));
            }
        }
        return data;
    }

    private static String beginning(String text) {
        int end = Math.min(SAMPLE_CHARACTERS, text.length());
        return text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, end)));
    }
}
