package io.tokenlz.cli;

import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.frames.MalformedFrameException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line's entry. */
@Command(
        name = "tokenlz",
        mixinStandardHelpOptions = true,
        versionProvider = TokenLz.Version.class,
        description = "Lossless LZ-style codecs for streams of LLM token IDs.",
        exitCodeListHeading = TokenLz.STATUS_HEADING,
        exitCodeList = {
            "0:done",
            "1:what came back is not what went in (report, train), or an embedding is too far off (embed)",
            TokenLz.STATUS_BAD_INPUT,
            TokenLz.STATUS_BUG
        },
        footer = {
            "",
            "Examples, more of which each command's own --help has:",
            "  tokenlz report notes.txt",
            "  tokenlz report --html report.html notes.txt",
            "  tokenlz pack --vocab-size 200019 corpus.u32 corpus.tlz",
            "  source <(tokenlz generate-completion)"
        },
        subcommands = {
            ReportCommand.class,
            EncodeCommand.class,
            DecodeCommand.class,
            ExplainCommand.class,
            ExploreCommand.class,
            PackCommand.class,
            UnpackCommand.class,
            CatCommand.class,
            InfoCommand.class,
            TrainCommand.class,
            RepeatsCommand.class,
            PlanCommand.class,
            EmbedCommand.class,
            BenchCommand.class,
            CompareCommand.class,
            JobsCommand.class,
            AutoComplete.GenerateCompletion.class,
            CommandLine.HelpCommand.class
        })
public final class TokenLz implements Runnable {
    /** As helps list what {@link #BAD_INPUT} and {@link #INTERNAL_ERROR} mean. */
    static final String STATUS_BAD_INPUT = "2:a bad flag or file";

    static final String STATUS_BUG = "70:a bug of TokenLZ, which standard error shows";
    static final String STATUS_HEADING = "%nExit status:%n";

    static final int DONE = 0;
    static final int NOT_EXACT = 1;
    static final int BAD_INPUT = 2;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** A bug of ours: not to be mistaken for a round trip that failed. */
    private static final int INTERNAL_ERROR = 70;

    public static void main(String[] arguments) {
        int status;
        try {
            status = commandLine()
                    .setOut(new PrintWriter(
                            new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), console())))
                    .execute(arguments);
        } catch (OutOfMemoryError tooLarge) {
            System.err.println("tokenlz: needs more memory than the heap has (java -Xmx...): " + tooLarge.getMessage());
            status = BAD_INPUT;
        }
        System.exit(status);
    }

    /** Where this program is: a jar, or a folder of classes. */
    static Optional<Path> jar() {
        try {
            return Optional.of(Path.of(TokenLz.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI()));
        } catch (URISyntaxException noPath) {
            return Optional.empty();
        }
    }

    /** What the terminal shows; JDK 19 and later tell, 17 goes by the locale. */
    static Charset console() {
        return Charset.forName(
                System.getProperty("stdout.encoding", Charset.defaultCharset().name()));
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new TokenLz());
        for (CommandLine subcommand : commandLine.getSubcommands().values()) {
            subcommand.getCommandSpec().exitCodeOnExecutionException(INTERNAL_ERROR);
            UsageMessageSpec own = subcommand.getCommandSpec().usageMessage();
            if (own.exitCodeList().isEmpty()) {
                own.exitCodeListHeading(STATUS_HEADING)
                        .exitCodeList(UsageMessageSpec.keyValuesMap("0:done", STATUS_BAD_INPUT, STATUS_BUG));
            }
        }
        return commandLine
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(TokenLz::explain)
                .setExecutionExceptionHandler((failure, command, parsed) -> explain(failure, command));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand");
    }

    private static int explain(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        return say(
                command,
                failure.getMessage() + " (see '" + command.getCommandSpec().qualifiedName() + " --help')");
    }

    private static int explain(Exception failure, CommandLine command) throws Exception {
        if (failure instanceof BadInput
                || failure instanceof MalformedTokenStreamException
                || failure instanceof MalformedFrameException
                || failure instanceof IllegalArgumentException) {
            return say(command, String.valueOf(failure.getMessage()));
        }
        if (failure instanceof IOException ioFailure) {
            return say(command, describe(ioFailure));
        }
        throw failure;
    }

    private static int say(CommandLine command, String message) {
        command.getErr().println("tokenlz: " + message.replace('\n', ' '));
        return BAD_INPUT;
    }

    static String describe(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof FileAlreadyExistsException) {
            return message + ": already exists";
        }
        if (failure instanceof NoSuchFileException) {
            return message + ": no such file";
        }
        return failure instanceof AccessDeniedException ? message + ": access denied" : message;
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = TokenLz.class.getPackage().getImplementationVersion();
            return new String[] {"tokenlz " + (version == null ? "(not from its jar)" : version)};
        }
    }
}
