package io.tokenlz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs commands in the test's own process, on files of a folder that goes with the test. */
abstract class InProcessCommandLine {
    @TempDir
    Path folder;

    String printed = "";
    String complained = "";

    int run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine commandLine =
                TokenLz.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int status = commandLine.execute(arguments);
        printed = out.toString();
        complained = err.toString();
        return status;
    }

    void assertRefused(String reason, String... arguments) {
        assertThat(run(arguments)).isEqualTo(2);
        assertThat(complained).startsWith("tokenlz: ").contains(reason);
        assertThat(complained.lines()).as("one clear line").hasSize(1);
        assertThat(printed).isEmpty();
    }

    String file(String name, int... ids) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(ids.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(ids);
        return Files.write(folder.resolve(name), bytes.array()).toString();
    }

    int[] ids(String file) throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of(file));
        int[] ids = new int[bytes.length / Integer.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(ids);
        return ids;
    }

    String index(String name, long... numbers) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(numbers);
        return Files.write(folder.resolve(name), bytes.array()).toString();
    }
}
