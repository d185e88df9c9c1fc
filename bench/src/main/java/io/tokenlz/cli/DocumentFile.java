package io.tokenlz.cli;

import io.tokenlz.bench.TokenFile;
import io.tokenlz.bench.Tokenizer;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A file that a report is about: text, one document; {@code .jsonl}, a document a line; or {@code .u32}, whose documents a
 * {@code .idx} file beside it tells, if there is one.
 *
 * @param kind its kind of text
 * @param name how the report calls it
 * @param path where it is
 */
record DocumentFile(String kind, String name, String path) {
    static final String JSON_LINES = ".jsonl";

    TokenFile read(Supplier<Tokenizer> tokenizers, @Nullable Integer vocabularySize) throws IOException {
        if (path.endsWith(IdFile.SUFFIX)) {
            if (vocabularySize == null) {
                throw new BadInput(path + ": needs --vocab-size, the size of the vocabulary that its IDs are of");
            }
            int[] ids = IdFile.read(path, vocabularySize, "--vocab-size");
            return new TokenFile(kind, name, ids, vocabularySize, null, IdDocuments.starts(path));
        }
        Tokenizer tokenizer = tokenizers.get();
        String text = readText(path);
        List<String> documents = path.endsWith(JSON_LINES) ? JsonLines.documents(path, text) : List.of(text);
        return tokenized(kind, name, documents, tokenizer);
    }

    /** Documents of text as tokens, one behind the other. */
    static TokenFile tokenized(String kind, String name, List<String> documents, Tokenizer tokenizer) {
        List<int[]> tokens = new ArrayList<>();
        int[] starts = new int[Math.max(1, documents.size())];
        int count = 0;
        for (int i = 0; i < documents.size(); i++) {
            starts[i] = count;
            tokens.add(tokenizer.tokens(documents.get(i)));
            count = Math.addExact(count, tokens.get(i).length);
        }
        int[] ids = tokens.stream().flatMapToInt(IntStream::of).toArray();
        byte[] text = String.join("", documents).getBytes(StandardCharsets.UTF_8);
        return new TokenFile(kind, name, ids, tokenizer.vocabularySize(), text, starts);
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
}
