package io.tokenlz.cli;

import io.tokenlz.bench.Tokenizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The documents of some files: those that the index beside a {@code .u32} file tells of, or pieces of one without an index; a
 * file of text is a document.
 *
 * @param documents tokens of each
 * @param vocabularySize what all tokens are below
 * @param tokenizer what text was tokenized with, or null if there was none
 */
record Samples(
        List<int[]> documents, int vocabularySize, @Nullable Tokenizer tokenizer) {
    private static final int READ_TOKENS = 1 << 14;

    /**
     * Reads files.
     *
     * @param files their names
     * @param vocabulary what text is tokenized with
     * @param vocabularySize what IDs are below, if the user said
     * @param pieceTokens tokens of a piece of a file of IDs without an index
     */
    static Samples read(List<String> files, String vocabulary, @Nullable Integer vocabularySize, int pieceTokens)
            throws IOException {
        @Nullable Tokenizer tokenizer = null;
        for (String file : files) {
            if (tokenizer == null && !file.endsWith(IdFile.SUFFIX)) {
                tokenizer = ReportInputs.tokenizer(vocabulary);
            }
        }
        int size = size(files, vocabularySize, tokenizer);
        List<int[]> documents = new ArrayList<>();
        for (String file : files) {
            if (tokenizer != null && !file.endsWith(IdFile.SUFFIX)) {
                documents.add(tokenizer.tokens(DocumentFile.readText(file)));
            } else {
                readIds(file, size, pieceTokens, documents);
            }
        }
        return new Samples(documents, size, tokenizer);
    }

    private static int size(List<String> files, @Nullable Integer stated, @Nullable Tokenizer tokenizer) {
        if (stated != null && (stated < 1 || (tokenizer != null && stated < tokenizer.vocabularySize()))) {
            throw new BadInput("--vocab-size must be at least "
                    + (tokenizer == null ? "1" : tokenizer.vocabularySize() + ", as " + tokenizer.name() + " has")
                    + ", is " + stated);
        }
        if (stated != null) {
            return stated;
        }
        for (String file : files) {
            if (file.endsWith(IdFile.SUFFIX) || tokenizer == null) {
                throw new BadInput(file + ": needs --vocab-size, the size of the vocabulary that its IDs are of");
            }
        }
        return tokenizer == null ? 0 : tokenizer.vocabularySize();
    }

    private static void readIds(String file, int size, int pieceTokens, List<int[]> documents) throws IOException {
        try (InputFile source = InputFile.open(file);
                InputFile index = TokenFileName.of("SAMPLE", file).openIndex()) {
            IdDocuments reading = new IdDocuments(source, index);
            long position = 0;
            while (reading.nextDocument()) {
                int[] document = readDocument(reading);
                requireBelow(size, document, position, file);
                position += document.length;
                if (index == null) {
                    cut(document, pieceTokens, documents);
                } else {
                    documents.add(document);
                }
            }
        }
    }

    private static int[] readDocument(DocumentSource source) {
        int[] document = {};
        int[] window = new int[READ_TOKENS];
        int length = 0;
        for (int count = source.read(window); count > 0; count = source.read(window)) {
            if (length + count > document.length) {
                document = Arrays.copyOf(document, Math.max(length + count, 2 * document.length));
            }
            System.arraycopy(window, 0, document, length, count);
            length += count;
        }
        return Arrays.copyOf(document, length);
    }

    private static void requireBelow(int size, int[] document, long position, String file) {
        for (int i = 0; i < document.length; i++) {
            if (document[i] < 0 || document[i] >= size) {
                throw new BadInput(file + ": ID " + Integer.toUnsignedString(document[i]) + " at position "
                        + (position + i) + " is not below --vocab-size " + size);
            }
        }
    }

    private static void cut(int[] tokens, int pieceTokens, List<int[]> documents) {
        for (int from = 0; from < tokens.length; from += pieceTokens) {
            documents.add(Arrays.copyOfRange(tokens, from, Math.min(tokens.length, from + pieceTokens)));
        }
    }

    long tokens() {
        return documents.stream().mapToLong(document -> document.length).sum();
    }
}
