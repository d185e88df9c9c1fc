package io.tokenlz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CompletionTest extends InProcessCommandLine {
    /** What bash would offer behind some words, the last of which is not complete. */
    private String offered(String... words) throws IOException, InterruptedException {
        Path script = folder.resolve("completion");
        assertThat(run("generate-completion")).isZero();
        Files.writeString(script, printed);
        String complete = "compopt() { :; }; source '" + script + "'; COMP_WORDS=(tokenlz \"$@\"); COMP_CWORD=$#; "
                + "_complete_tokenlz; echo \"${COMPREPLY[@]}\"";
        String[] command = new String[words.length + 4];
        System.arraycopy(new String[] {"bash", "-c", complete, "bash"}, 0, command, 0, 4);
        System.arraycopy(words, 0, command, 4, words.length);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(answer).isZero();
        return answer.strip();
    }

    @Test
    void commandsOptionsAndValuesAreOffered() throws IOException, InterruptedException {
        assertThat(offered("exp")).isEqualTo("explain explore");
        assertThat(offered("report", "--ht")).isEqualTo("--html");
        assertThat(offered("encode", "--effort", "")).contains("LTSC", "BEST");
        assertThat(offered("bench", "")).contains("WIRE");
    }
}
