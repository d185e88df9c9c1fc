package io.tokenlz.frames;

import static io.tokenlz.frames.ReaderCheck.allocated;
import static io.tokenlz.frames.ReaderCheck.require;
import static io.tokenlz.frames.ReaderCheck.requireMemory;

import io.tokenlz.metatokens.MalformedDictionaryException;
import io.tokenlz.metatokens.MetaTokenDictionary;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/** Reads whatever it is given as a file of a shared dictionary; one that is taken must be written as the same bytes. */
final class DictionaryCheck implements FuzzRun.Check {
    private static final int CHECK_BYTES = 32;
    private static final long ALLOCATED_ANYWAY = 1 << 18;

    /** Beside the tokens, what finds entries that are alike. */
    private static final int ALLOCATED_A_BYTE = 64;

    /** Files, most of them damaged. */
    static Function<Random, byte[]> inputs() {
        return random -> {
            byte[] right = right(random);
            byte[] damaged = new ByteDamage(random).damaged(right, right(random), 4, 5, 6, 10, 14, 18, 22, 26, 30);
            return switch (random.nextInt(8)) {
                case 0 -> right;
                case 1, 2 -> damaged;
                default -> repaired(damaged);
            };
        };
    }

    private static byte[] right(Random random) {
        int vocabulary = 1 + random.nextInt(1 << random.nextInt(18));
        Set<String> seen = new HashSet<>();
        int[][] entries = new int[1 + random.nextInt(8)][];
        for (int i = 0; i < entries.length; i++) {
            do {
                entries[i] = SeedStreams.tokens(random, vocabulary, 2 + random.nextInt(40));
            } while (!seen.add(Arrays.toString(entries[i])));
        }
        byte[] name = new ByteDamage(random).bytes(random.nextInt(4));
        return MetaTokenDictionary.of(vocabulary, random.nextInt(3), name, entries)
                .toBytes();
    }

    /** With a fingerprint that is that of the bytes before it. */
    static byte[] repaired(byte[] file) {
        byte[] repaired = file.clone();
        int checkAt = file.length - CHECK_BYTES;
        if (checkAt > 0) {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                digest.update(file, 0, checkAt);
                System.arraycopy(digest.digest(), 0, repaired, checkAt, CHECK_BYTES);
            } catch (NoSuchAlgorithmException missing) {
                throw new IllegalStateException(missing);
            }
        }
        return repaired;
    }

    @Override
    public String check(byte[] input, Random random) {
        byte[] given = input.clone();
        long before = allocated();
        try {
            MetaTokenDictionary dictionary = MetaTokenDictionary.read(given);
            require(Arrays.equals(dictionary.toBytes(), input), "written as other bytes");
            require(dictionary.size() > 0 && dictionary.longestEntry() > 1, "a dictionary of nothing");
            return "read";
        } catch (MalformedDictionaryException malformed) {
            require(malformed.position() >= 0 && malformed.position() <= input.length, "position " + malformed);
            return malformed.expected().replaceAll("[0-9a-f]*[0-9][0-9a-f]*", "#");
        } finally {
            requireMemory(allocated() - before, ALLOCATED_ANYWAY + (long) ALLOCATED_A_BYTE * input.length);
            require(Arrays.equals(given, input), "the input was changed");
        }
    }
}
