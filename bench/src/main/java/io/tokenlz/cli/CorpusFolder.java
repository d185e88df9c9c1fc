package io.tokenlz.cli;

import io.tokenlz.bench.TokenFile;
import io.tokenlz.bench.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder of corpora: a folder for each vocabulary, in it {@code <kind>-<name>.u32}. */
enum CorpusFolder {
    O200K(200_019, "o200k_base"),
    LLAMA3(128_256, null),
    LLAMA2(32_000, null);

    /** Files that show what becomes of input unlike any text; no mean counts them. */
    static final String EXTREME = "extreme";

    private final int vocabularySize;
    private final @Nullable String tokenizer;

    CorpusFolder(int vocabularySize, @Nullable String tokenizer) {
        this.vocabularySize = vocabularySize;
        this.tokenizer = tokenizer;
    }

    String folderName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether there is a folder of this vocabulary. */
    boolean isIn(Path corpora) {
        return Files.isDirectory(corpora.resolve(folderName()));
    }

    /** All files of this vocabulary, by name. */
    List<TokenFile> read(Path corpora) throws IOException {
        Path folder = corpora.resolve(folderName());
        List<Path> paths;
        try (Stream<Path> found = Files.list(folder)) {
            paths = found.filter(path -> path.toString().endsWith(IdFile.SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new BadInput("--corpora: "
                    + (Files.exists(folder) ? folder + ": cannot be listed" : folder + ": no such folder"));
        }
        Optional<Tokenizer> text = Optional.ofNullable(tokenizer).flatMap(Tokenizer::named);
        List<TokenFile> files = new ArrayList<>();
        for (Path path : paths) {
            files.add(read(path, text));
        }
        if (files.stream().allMatch(file -> file.kind().equals(EXTREME))) {
            throw new BadInput("--corpora: " + folder + ": has no <kind>-<name>.u32");
        }
        return files;
    }

    private TokenFile read(Path path, Optional<Tokenizer> tokenizerOfText) throws IOException {
        String name = nameOf(path);
        String kind = kindOf(name);
        int[] ids = IdFile.read(path.toString(), vocabularySize, "the vocabulary's size");
        int[] starts = IdDocuments.starts(path.toString());
        if (kind.equals(EXTREME) || tokenizerOfText.isEmpty()) {
            return new TokenFile(kind, name, ids, vocabularySize, null, starts);
        }
        try {
            byte[] text = tokenizerOfText.get().text(ids);
            return new TokenFile(kind, name, ids, vocabularySize, text, starts);
        } catch (IllegalArgumentException noSuchToken) {
            throw new BadInput(path + ": has no text: " + noSuchToken.getMessage());
        }
    }

    /** A file's name without its ending. */
    static String nameOf(Path path) {
        String fileName = String.valueOf(path.getFileName());
        return fileName.substring(0, fileName.lastIndexOf('.'));
    }

    /** What stands before the first hyphen of a name, or all of it. */
    static String kindOf(String name) {
        return name.contains("-") ? name.substring(0, name.indexOf('-')) : name;
    }
}
