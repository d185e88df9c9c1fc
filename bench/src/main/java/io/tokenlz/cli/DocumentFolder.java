package io.tokenlz.cli;

import io.tokenlz.bench.TokenFile;
import io.tokenlz.bench.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder of {@code .txt}, {@code .jsonl} and {@code .u32} files, named {@code <kind>-<name>}, or after their kind. */
final class DocumentFolder {
    private static final List<String> ENDINGS = List.of(".txt", DocumentFile.JSON_LINES, IdFile.SUFFIX);

    private DocumentFolder() {}

    /**
     * All such files of a folder, by name; other files and folders in it are left alone.
     *
     * @param vocabulary what text is tokenized with
     * @param vocabularySize what token IDs are below, if the user said
     */
    static List<TokenFile> read(Path folder, String vocabulary, @Nullable Integer vocabularySize) throws IOException {
        List<Path> paths = paths(folder);
        Supplier<Tokenizer> tokenizers = ReportInputs.tokenizers(vocabulary);
        List<TokenFile> files = new ArrayList<>();
        for (Path path : paths) {
            String name = CorpusFolder.nameOf(path);
            TokenFile file =
                    new DocumentFile(CorpusFolder.kindOf(name), name, path.toString()).read(tokenizers, vocabularySize);
            if (file.ids().length == 0) {
                throw new BadInput(path + ": holds no tokens");
            }
            files.add(file);
        }
        if (files.stream().allMatch(file -> file.kind().equals(CorpusFolder.EXTREME))) {
            throw new BadInput("--corpora: " + folder + ": has no .txt, .jsonl or .u32 file but extremes");
        }
        return files;
    }

    private static List<Path> paths(Path folder) {
        List<Path> paths;
        try (Stream<Path> found = Files.list(folder)) {
            paths = found.filter(Files::isRegularFile)
                    .filter(path -> ENDINGS.stream().anyMatch(path.toString()::endsWith))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new BadInput(
                    "--corpora: " + folder + ": " + (Files.exists(folder) ? "cannot be listed" : "no such folder"));
        }
        if (paths.isEmpty()) {
            throw new BadInput("--corpora: " + folder + ": holds no .txt, .jsonl or .u32 file, and "
                    + folder.resolve(CorpusFolder.O200K.folderName()) + ": no such folder");
        }
        return paths;
    }
}
