package io.tokenlz.cli;

import io.tokenlz.bench.SampleText;
import io.tokenlz.bench.TokenFile;
import io.tokenlz.bench.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The files that a report is about. Each is a kind of its own; sample text has kinds.
 *
 * @param files text, JSON lines or token IDs; none for the sample text of the build
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
                all.add(DocumentFile.tokenized(sample.kind(), sample.label(), List.of(sample.read(folder)), tokenizer));
            }
            return all;
        }
        Supplier<Tokenizer> tokenizers = tokenizers(vocabulary);
        for (String file : files) {
            all.add(new DocumentFile(file, file, file).read(tokenizers, vocabularySize));
        }
        return all;
    }

    /** Makes a vocabulary's tokenizer when it is needed, once. */
    static Supplier<Tokenizer> tokenizers(String vocabulary) {
        AtomicReference<@Nullable Tokenizer> made = new AtomicReference<>();
        return () -> {
            Tokenizer tokenizer = made.get();
            if (tokenizer == null) {
                tokenizer = tokenizer(vocabulary);
                made.set(tokenizer);
            }
            return tokenizer;
        };
    }

    /** The tokenizer that {@code --vocab} names. */
    static Tokenizer tokenizer(String vocabulary) {
        return Tokenizer.named(vocabulary)
                .orElseThrow(() -> new BadInput(
                        "--vocab: '" + vocabulary + "' is not one of " + String.join(", ", Tokenizer.names())));
    }

    /** Where the build left sample text: beside the jar. */
    static Optional<Path> sampleFolder() {
        return TokenLz.jar().map(jar -> jar.resolveSibling("corpus")).filter(Files::isDirectory);
    }
}
