package io.tokenlz.conformance;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command line of the kit, for programs in any language: {@code java -jar tokenlz-conformance.jar check --command CMD}
 * ({@code conformance/PROTOCOL.md}).
 */
@Command(
        name = "tokenlz-conformance",
        mixinStandardHelpOptions = true,
        description = "Tests codecs of tokens in any language.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:all passed", "1:not all did", "2:misuse"},
        subcommands = {CheckCommand.class, CommandLine.HelpCommand.class})
public final class TokenLzConformance implements Runnable {
    private static final int MISUSE = 2;

    /** A bug of ours: not to be mistaken for a finding. */
    private static final int INTERNAL_ERROR = 70;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** For the command line. */
    TokenLzConformance() {}

    /**
     * Runs the command line and exits with its status.
     *
     * @param arguments as {@code --help} says
     */
    public static void main(String[] arguments) {
        Charset console = Charset.forName(
                System.getProperty("stdout.encoding", Charset.defaultCharset().name()));
        System.exit(commandLine()
                .setOut(new PrintWriter(new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), console)))
                .execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new TokenLzConformance());
        for (CommandLine subcommand : commandLine.getSubcommands().values()) {
            subcommand.getCommandSpec().exitCodeOnExecutionException(INTERNAL_ERROR);
        }
        return commandLine
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> explain(failure, command));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required subcommand");
    }

    private static int explain(Exception failure, CommandLine command) throws Exception {
        if (failure instanceof IOException) {
            command.getErr().println("tokenlz-conformance: " + failure.getMessage());
            return MISUSE;
        }
        throw failure;
    }
}
