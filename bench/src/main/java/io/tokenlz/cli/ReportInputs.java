package io.tokenlz.cli;

import io.tokenlz.bench.SampleText;
import io.tokenlz.bench.TokenFile;
import io.tokenlz.bench.Tokenizer;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files that a report is about. Each is a kind of its own.
 *
 * @param files text or token IDs; none for the sample text of the build
 * @param vocabulary what text is tokenized with
 * @param vocabularySize what token IDs are below, if the user said
 */
record ReportInputs(
        List<String> files, String vocabulary, @Nullable Integer vocabularySize) {
    /** How many {@link #read} returns. */
    int count() {
        return files.isEmpty() ? SampleText.values().length : files.size();
    }

    List<TokenFile> read() throws IOException {
        List<TokenFile> all = new ArrayList<>();
        if (files.isEmpty()) {
            Tokenizer tokenizer = tokenizer(vocabulary);
            Path folder = sampleFolder()
                    .orElseThrow(() -> new BadInput(
                            "no sample text beside the jar (the build puts it into bench/target/corpus): name a FILE"));
            for (SampleText sample : SampleText.values()) {
                all.add(tokenize(sample.label(), sample.read(folder), tokenizer));
            }
            return all;
        }
        @Nullable Tokenizer tokenizer = null;
        for (String file : files) {
            if (file.endsWith(IdFile.SUFFIX)) {
                all.add(readIds(file));
            } else {
                tokenizer = tokenizer == null ? tokenizer(vocabulary) : tokenizer;
                all.add(tokenize(file, readText(file), tokenizer));
            }
        }
        return all;
    }

    private static TokenFile tokenize(String name, String text, Tokenizer tokenizer) {
        return new TokenFile(
                name, name, tokenizer.tokens(text), tokenizer.vocabularySize(), text.getBytes(StandardCharsets.UTF_8));
    }

    /** The tokenizer that {@code --vocab} names. */
    static Tokenizer tokenizer(String vocabulary) {
        return Tokenizer.named(vocabulary)
                .orElseThrow(() -> new BadInput(
                        "--vocab: '" + vocabulary + "' is not one of " + String.join(", ", Tokenizer.names())));
    }

    static String readText(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (CharacterCodingException notUtf8) {
            throw new BadInput(file + ": is not UTF-8 text (token IDs belong in a file named .u32)");
        } catch (IOException failure) {
            throw IdFile.unreadable(file, failure);
        }
    }

    private TokenFile readIds(String file) {
        if (vocabularySize == null) {
            throw new BadInput(file + ": needs --vocab-size, the size of the vocabulary that its IDs are of");
        }
        int size = vocabularySize;
        return new TokenFile(file, file, IdFile.read(file, size, "--vocab-size"), size, null);
    }

    /** Where the build left sample text: beside the jar. */
    static Optional<Path> sampleFolder() {
        return TokenLz.jar().map(jar -> jar.resolveSibling("corpus")).filter(Files::isDirectory);
    }
}
