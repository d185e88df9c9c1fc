package io.tokenlz.metatokens;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Shared dictionaries as bytes (META-TOKENS.md, section 7). */
final class DictionaryFile {
    static final int CHECK_BYTES = 32;

    private static final byte[] MAGIC = {'T', 'L', 'Z', 'D'};
    private static final int VERSION = 1;
    private static final int FIXED_BYTES = 22;
    private static final int NAME_LENGTH_AT = 5;
    private static final int REVISION_AT = 6;
    private static final int VOCABULARY_AT = 10;
    private static final int ENTRIES_AT = 14;
    private static final int TOKENS_AT = 18;

    private DictionaryFile() {}

    static byte[] write(MetaTokenDictionary dictionary) {
        byte[] name = dictionary.vocabularyFingerprint();
        int[] tokens = dictionary.tokens();
        int unchecked = FIXED_BYTES + name.length + Integer.BYTES * (dictionary.size() + tokens.length);
        ByteBuffer bytes = ByteBuffer.allocate(unchecked + CHECK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(MAGIC).put((byte) VERSION).put((byte) name.length);
        bytes.putInt(dictionary.revision()).putInt(dictionary.vocabularySize());
        bytes.putInt(dictionary.size()).putInt(tokens.length);
        bytes.put(name);
        for (int entry = 0; entry < dictionary.size(); entry++) {
            bytes.putInt(dictionary.length(entry));
        }
        bytes.asIntBuffer().put(tokens);
        byte[] file = bytes.array();
        System.arraycopy(check(file, unchecked), 0, file, unchecked, CHECK_BYTES);
        return file;
    }

    static byte[] fingerprint(MetaTokenDictionary dictionary) {
        byte[] file = write(dictionary);
        return Arrays.copyOfRange(file, file.length - CHECK_BYTES, file.length);
    }

    private static byte[] check(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JVM has SHA-256", missing);
        }
    }

    static MetaTokenDictionary read(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        requireMagic(file);
        if (file.length < FIXED_BYTES) {
            throw new MalformedDictionaryException(file.length, "at least " + FIXED_BYTES + " bytes", "the end");
        }
        require(bytes.get(MAGIC.length) == VERSION, MAGIC.length, "version 1", "version " + bytes.get(MAGIC.length));
        int nameLength = takeRange(
                bytes.get(NAME_LENGTH_AT), NAME_LENGTH_AT, 0, MetaTokenDictionary.MOST_FINGERPRINT_BYTES, "bytes");
        int revision = takeRange(bytes.getInt(REVISION_AT), REVISION_AT, 0, Integer.MAX_VALUE, "as a revision");
        int vocabularySize =
                takeRange(bytes.getInt(VOCABULARY_AT), VOCABULARY_AT, 1, Integer.MAX_VALUE, "as a vocabulary's size");
        int entries = takeRange(bytes.getInt(ENTRIES_AT), ENTRIES_AT, 1, MetaTokenDictionary.MOST_ENTRIES, "entries");
        int total = takeRange(bytes.getInt(TOKENS_AT), TOKENS_AT, 0, MetaTokenDictionary.MOST_TOKENS, "tokens");
        int lengthsAt = FIXED_BYTES + nameLength;
        int tokensAt = lengthsAt + entries * Integer.BYTES;
        int checkAt = tokensAt + total * Integer.BYTES;
        requireLength(file.length, checkAt + CHECK_BYTES);
        requireCheck(file, checkAt);
        int[] start = lengths(bytes, lengthsAt, entries, total);
        int[] tokens = tokens(bytes, tokensAt, total, vocabularySize);
        int doubled = DictionaryOrder.firstDoubled(tokens, start);
        if (doubled >= 0) {
            throw new MalformedDictionaryException(
                    tokensAt + (long) start[doubled] * Integer.BYTES,
                    "an entry unlike those before it",
                    "entry " + doubled + ", which is the same as one of them");
        }
        byte[] name = Arrays.copyOfRange(file, FIXED_BYTES, lengthsAt);
        return new MetaTokenDictionary(vocabularySize, revision, name, tokens, start);
    }

    private static void requireMagic(byte[] file) {
        for (int i = 0; i < MAGIC.length; i++) {
            if (i >= file.length || file[i] != MAGIC[i]) {
                String found = i >= file.length ? "the end" : String.format("byte %02X", file[i]);
                throw new MalformedDictionaryException(i, "the magic bytes 54 4C 5A 44", found);
            }
        }
    }

    private static int takeRange(int value, int position, int least, int most, String what) {
        require(value >= least && value <= most, position, least + " to " + most + " " + what, "" + value);
        return value;
    }

    private static void requireLength(int length, int stated) {
        if (length != stated) {
            throw new MalformedDictionaryException(
                    Math.min(length, stated),
                    "the end of the file behind " + stated + " bytes",
                    length < stated ? "the end" : length - stated + " bytes more");
        }
    }

    private static void requireCheck(byte[] file, int checkAt) {
        byte[] check = check(file, checkAt);
        boolean same = Arrays.equals(check, 0, CHECK_BYTES, file, checkAt, checkAt + CHECK_BYTES);
        HexFormat hex = HexFormat.of();
        require(same, checkAt, "fingerprint " + hex.formatHex(check), hex.formatHex(file, checkAt, file.length));
    }

    private static int[] lengths(ByteBuffer bytes, int lengthsAt, int entries, int total) {
        int[] start = new int[entries + 1];
        for (int entry = 0; entry < entries; entry++) {
            int position = lengthsAt + entry * Integer.BYTES;
            int left = total - start[entry];
            int length = takeRange(
                    bytes.getInt(position), position, MetaTokenDictionary.LEAST_LENGTH, left, "tokens in an entry");
            require(entry < entries - 1 || length == left, position, left + " tokens in the last entry", "" + length);
            start[entry + 1] = start[entry] + length;
        }
        return start;
    }

    private static int[] tokens(ByteBuffer bytes, int tokensAt, int total, int vocabularySize) {
        int[] tokens = new int[total];
        bytes.position(tokensAt).asIntBuffer().get(tokens);
        for (int i = 0; i < total; i++) {
            if (tokens[i] < 0 || tokens[i] >= vocabularySize) {
                throw new MalformedDictionaryException(
                        tokensAt + (long) i * Integer.BYTES, "a token below " + vocabularySize, "" + tokens[i]);
            }
        }
        return tokens;
    }

    private static void require(boolean condition, int position, String expected, String found) {
        if (!condition) {
            throw new MalformedDictionaryException(position, expected, found);
        }
    }
}
