package io.tokenlz.cli;

import io.tokenlz.metatokens.MalformedDictionaryException;
import io.tokenlz.metatokens.MetaTokenDictionary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of shared dictionaries: {@code .tlzd}. */
final class SharedDictionaryFile {
    /** Above what the largest dictionary takes, so that no file of any size is read to its end. */
    private static final int MOST_BYTES = 1 << 27;

    private SharedDictionaryFile() {}

    static MetaTokenDictionary read(String file) {
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return MetaTokenDictionary.read(in.readNBytes(MOST_BYTES));
        } catch (MalformedDictionaryException malformed) {
            throw new BadInput(file + ": " + malformed.getMessage());
        } catch (IOException failure) {
            throw IdFile.unreadable(file, failure);
        }
    }
}
