package io.tokenlz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenlz.bench.TokenFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Any folder of documents is a corpus. */
class DocumentFolderTest extends InProcessCommandLine {
    private List<TokenFile> read() throws IOException {
        return DocumentFolder.read(folder, "o200k_base", 20);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private void assertRefusedToRead(String reason) {
        assertRefused(reason, "report", "--wire", "--seconds=0", "--vocab-size=20", "--corpora", folder.toString());
    }

    @Test
    void filesOfAllKindsAreRead() throws IOException {
        write("docs-guide.txt", "the cat sat on the mat");
        write("chat-a.jsonl", "{\"text\":\"one\"}\n\n{\"content\":\"two two\"}\r\n[\"three\"]\n");
        file("ids.u32", 1, 2, 3, 4, 5);
        index("ids.idx", 0, 2, 2, 5);
        write("README.md", "not a document");
        Files.createDirectories(folder.resolve("more.txt"));
        List<TokenFile> files = read();
        assertThat(files).extracting(TokenFile::kind).containsExactly("chat", "docs", "ids");
        assertThat(files).extracting(TokenFile::name).containsExactly("chat-a", "docs-guide", "ids");
        assertThat(files.get(0).text()).asString(StandardCharsets.UTF_8).isEqualTo("onetwo two[\"three\"]");
        assertThat(files.get(0).documentStarts()).containsExactly(0, 1, 3);
        assertThat(files.get(1).documentStarts()).containsExactly(0);
        assertThat(files.get(2).ids()).containsExactly(1, 2, 3, 4, 5);
        assertThat(files.get(2).documentStarts()).containsExactly(0, 2, 2);
        assertThat(files.get(2).streamStarts(2)).containsExactly(0, 2, 4);
    }

    @Test
    void conversationsKeepWhoSaysWhat() {
        String line = "{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"},"
                + "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"name\":\"look\"}]},"
                + "{\"role\":\"tool\",\"content\":[{\"text\":\"x\"}]}]}";
        assertThat(JsonLines.documents("f", line))
                .containsExactly("user\nHi\n\nassistant\n[{\"name\":\"look\"}]\n\ntool\n[{\"text\":\"x\"}]\n\n");
        assertThat(JsonLines.documents("f", " {\"name\":\"look\", \"text\":3} \n"))
                .containsExactly("{\"name\":\"look\", \"text\":3}");
    }

    @Test
    void reportsAreByKind() throws IOException {
        write("docs-a.txt", "the cat sat on the mat, and ".repeat(100));
        write("docs-b.txt", "the dog sat on the cat, and ".repeat(100));
        write("logs.jsonl", "{\"level\":\"info\",\"event\":\"started\"}\n".repeat(50));
        file("ids.u32", IntStream.range(0, 900).map(i -> i % 7).toArray());
        index("ids.idx", 0, 300, 900);
        String corpora = folder.toString();
        assertThat(run("report", "--wire", "--seconds=0", "--json", "--vocab-size=20", "--corpora", corpora))
                .as(complained)
                .isZero();
        JsonNode wire = new ObjectMapper().readTree(printed);
        assertThat(wire.get("scenarios").get(0).get("kinds").findValuesAsText("kind"))
                .containsExactly("docs", "ids", "logs");

        String page = folder.resolve("report.html").toString();
        String[] arguments = {"report", "--html", page, "--seconds=0", "--vocab-size=20", "--corpora", corpora};
        assertThat(run(arguments)).as(complained).isZero();
        assertThat(Files.readString(folder.resolve("report.html"))).contains("docs-a", "docs-b", "logs");
    }

    /** A dictionary begins anew with each document: the same line fifty times is not one document with fifty lines. */
    @Test
    void documentsAreStreamsOfTheirOwn() throws IOException {
        String ids = file("ids.u32", IntStream.range(0, 600).map(i -> i % 6).toArray());
        assertThat(run("report", "--seconds=0", "--json", "--vocab-size=20", ids))
                .isZero();
        long together =
                new ObjectMapper().readTree(printed).get(0).get("tokensOut").longValue();
        index("ids.idx", IntStream.rangeClosed(0, 50).mapToLong(i -> 12L * i).toArray());
        assertThat(run("report", "--seconds=0", "--json", "--vocab-size=20", ids))
                .isZero();
        assertThat(new ObjectMapper().readTree(printed).get(0).get("tokensOut").longValue())
                .isGreaterThan(together);
    }

    @Test
    void badFilesAreOneClearLineThatSaysWhere() throws IOException {
        assertRefusedToRead("holds no .txt, .jsonl or .u32 file");
        write("chat.jsonl", "{\"text\":\"one\"}\n{\"text\":\n");
        assertRefusedToRead("chat.jsonl: line 2, column ");
        write("chat.jsonl", "\n\n{} {}\n");
        assertRefusedToRead("chat.jsonl: line 3, column 4: is not JSON");
        write("chat.jsonl", "\n");
        assertRefusedToRead("chat.jsonl: holds no tokens");
        Files.delete(folder.resolve("chat.jsonl"));
        Files.write(folder.resolve("latin.txt"), new byte[] {'a', (byte) 0xE9, 'b'});
        assertRefusedToRead("latin.txt: is not UTF-8");
        Files.delete(folder.resolve("latin.txt"));
        file("ids.u32", 1, 2, 20);
        assertRefusedToRead("ids.u32: ID 20 at position 2 is not below --vocab-size 20");
        assertRefused("needs --vocab-size", "report", "--wire", "--corpora", folder.toString());
        file("ids.u32", 1, 2, 3);
        index("ids.idx", 0, 2, 1, 3);
        assertRefusedToRead("ids.idx: entry 2 is 1, below the one before, 2");
        index("ids.idx", 0, 4);
        assertRefusedToRead("ids.idx: ends at token 4, but ");
        assertRefused("no such folder", "report", "--wire", "--corpora", folder + "/none");
    }

    @Test
    void foldersByVocabularyHaveTheirOwn() throws IOException {
        Files.createDirectories(folder.resolve("o200k"));
        file("o200k/code-a.u32", 1, 2, 3);
        String corpora = folder.toString();
        assertRefused("vocabularies of their own", "report", "--wire", "--vocab-size=20", "--corpora", corpora);
        assertRefused("vocabularies of their own", "report", "--wire", "--vocab=r50k_base", "--corpora", corpora);
        assertRefused(
                "llama3: no such folder", "report", "--wire", "--corpora", corpora, "--corpus-vocabulary", "llama3");
    }
}
