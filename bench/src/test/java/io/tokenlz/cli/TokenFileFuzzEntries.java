package io.tokenlz.cli;

import com.sun.management.ThreadMXBean;
import io.tokenlz.frames.ByteDamage;
import io.tokenlz.frames.FrameReader;
import io.tokenlz.frames.FuzzEntries;
import io.tokenlz.frames.FuzzEntry;
import io.tokenlz.frames.FuzzRun;
import io.tokenlz.frames.MalformedFrameException;
import io.tokenlz.frames.SeedStreams;
import io.tokenlz.frames.StreamInputs;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Files of tokens and their indexes. What commands read must be what a plain reader finds in them, and what they refuse, they
 * refuse in a line of {@link BadInput}. An input is the number of the index's bytes (four of them), the index, and the file.
 */
public final class TokenFileFuzzEntries implements FuzzEntries {
    private static final int MEGATRON_HEAD = 34;
    private static final int INT32 = 4;
    private static final int UINT16 = 8;

    /** Buffers are not on the heap; what is allocated there is texts, and the two arrays of the check. */
    private static final long MOST_ALLOCATED = 2 << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Where what is read lies; each input replaces the one before it. */
    private final Path folder = Path.of(System.getProperty("basedir", ""), "target", "fuzz", "files");

    /** Opens the documents of a file and its index. */
    @FunctionalInterface
    private interface Opening {
        DocumentSource open(InputFile tokens, InputFile index) throws IOException;
    }

    /** What a reader without any cleverness finds; null if the files don't fit together. */
    @FunctionalInterface
    private interface Plain {
        @Nullable
        List<List<Integer>> documents(ByteBuffer tokens, ByteBuffer index);
    }

    @Override
    public List<FuzzEntry> entries() {
        Opening megatron = (tokens, index) -> new MegatronDocuments(tokens, new MegatronIndex(index, tokens));
        return List.of(
                new FuzzEntry(
                        "ids-index",
                        1000,
                        () -> TokenFileFuzzEntries::ids,
                        () -> pair(IdDocuments::new, TokenFileFuzzEntries::plainIds)),
                new FuzzEntry(
                        "megatron",
                        1000,
                        () -> TokenFileFuzzEntries::megatron,
                        () -> pair(megatron, TokenFileFuzzEntries::plainMegatron)),
                new FuzzEntry(
                        "stream-file",
                        1000,
                        () -> new StreamInputs(SeedStreams.plain()),
                        () -> this::streamFile,
                        StreamInputs::repaired));
    }

    /** Streams come from {@link StreamInputs}; what is tried is reading them from files. */
    private String streamFile(byte[] input, Random random) throws IOException {
        Path file = Files.createDirectories(folder).resolve("stream.tlz");
        Files.write(file, input);
        long[] tokens = {0};
        try (InputFile source = InputFile.open(file.toString());
                FrameReader reader = new FrameReader(FrameFileReading.LIMITS)) {
            FrameFileReading reading = new FrameFileReading(source, reader);
            boolean stored = reading.header().stored();
            reading.run((read, count) -> tokens[0] += count, bytes -> {});
            require(tokens[0] == reader.totalTokens(), "another number of tokens than were written");
            if (stored) {
                require(FrameFileReading.openStored(source).documents() > 0, "no document");
            }
            return "read";
        } catch (MalformedFrameException | BadInput refused) {
            return refused.getClass().getSimpleName();
        }
    }

    private FuzzRun.Check pair(Opening opening, Plain plain) {
        return (input, random) -> {
            Path tokens = Files.createDirectories(folder).resolve("tokens");
            Path index = folder.resolve("index");
            ByteBuffer all = ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN);
            int indexBytes = input.length < Integer.BYTES ? 0 : all.getInt() & Integer.MAX_VALUE;
            int indexEnd = (int) Math.min(input.length, (long) all.position() + indexBytes);
            byte[] indexPart = Arrays.copyOfRange(input, all.position(), indexEnd);
            byte[] tokensPart = Arrays.copyOfRange(input, indexEnd, input.length);
            Files.write(index, indexPart);
            Files.write(tokens, tokensPart);
            @Nullable List<List<Integer>> expected = plain.documents(little(tokensPart), little(indexPart));
            String outcome = read(tokens, index, opening, expected, 1 + random.nextInt(8));
            require(outcome.equals(read(tokens, index, opening, expected, 1000)), "another outcome the second time");
            require((expected == null) != outcome.equals("read"), outcome + ", but the files are " + expected);
            return outcome.replaceAll("[0-9]+", "#");
        };
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void require(boolean condition, String complaint) {
        if (!condition) {
            throw new AssertionError(complaint);
        }
    }

    private String read(Path tokens, Path index, Opening opening, @Nullable List<List<Integer>> expected, int most)
            throws IOException {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        List<List<Integer>> found = new ArrayList<>();
        try (InputFile tokenFile = InputFile.open(tokens.toString());
                InputFile indexFile = InputFile.open(index.toString())) {
            DocumentSource documents = opening.open(tokenFile, indexFile);
            int[] target = new int[most];
            while (documents.nextDocument()) {
                List<Integer> document = new ArrayList<>();
                found.add(document);
                for (int count = documents.read(target); count > 0; count = documents.read(target)) {
                    Arrays.stream(target, 0, count).forEach(document::add);
                }
            }
            require(found.equals(expected), "other documents: " + found + ", not " + expected);
            return "read";
        } catch (BadInput refused) {
            String message = String.valueOf(refused.getMessage());
            require(!message.contains("\n"), "more than a line: " + message);
            return message.replace(folder.toString(), "");
        } finally {
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            require(allocated < MOST_ALLOCATED, "allocated " + allocated + " bytes");
        }
    }

    // ---- files

    private static byte[] joined(byte[] index, byte[] tokens) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + index.length + tokens.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        return bytes.putInt(index.length).put(index).put(tokens).array();
    }

    /** Both files, one of them damaged, or neither. */
    private static byte[] damaged(Random random, byte[] index, byte[] tokens) {
        ByteDamage damage = new ByteDamage(random);
        return switch (random.nextInt(8)) {
            case 0 -> joined(index, tokens);
            case 1 -> joined(index, damage.damaged(tokens, index));
            case 2 -> damage.damaged(joined(index, tokens), tokens);
            default -> joined(damage.damaged(index, tokens, places(index.length)), tokens);
        };
    }

    /** Where numbers begin. */
    private static int[] places(int length) {
        int[] places = new int[length / Integer.BYTES + 1];
        Arrays.setAll(places, i -> length % Integer.BYTES + i * Integer.BYTES);
        return places;
    }

    private static byte[] ids(Random random) {
        int documents = random.nextInt(8);
        ByteBuffer index = ByteBuffer.allocate((documents + 1) * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        int tokens = 0;
        index.putLong(0);
        for (int i = 0; i < documents; i++) {
            tokens += random.nextInt(3) * random.nextInt(20);
            index.putLong(tokens);
        }
        byte[] file = new byte[tokens * Integer.BYTES];
        random.nextBytes(file);
        return damaged(random, index.array(), file);
    }

    private static byte[] megatron(Random random) {
        boolean narrow = random.nextBoolean();
        int sequences = random.nextInt(8);
        int documents = random.nextInt(4);
        int indexBytes = MEGATRON_HEAD + sequences * 12 + (documents + 1) * Long.BYTES;
        ByteBuffer index = ByteBuffer.allocate(indexBytes).order(ByteOrder.LITTLE_ENDIAN);
        index.put(MegatronIndex.MAGIC).putLong(1).put((byte) (narrow ? UINT16 : INT32));
        index.putLong(sequences).putLong(documents + 1L);
        long[] pointers = new long[sequences];
        int bytes = 0;
        for (int i = 0; i < sequences; i++) {
            int length = random.nextInt(3) * random.nextInt(20);
            index.putInt(length);
            pointers[i] = bytes;
            bytes += length * (narrow ? Short.BYTES : Integer.BYTES);
        }
        for (long pointer : pointers) {
            index.putLong(pointer);
        }
        int[] firsts = random.ints(documents + 1, 0, sequences + 1).sorted().toArray();
        firsts[0] = 0;
        firsts[documents] = sequences;
        for (int first : firsts) {
            index.putLong(first);
        }
        byte[] file = new byte[bytes + random.nextInt(3)];
        random.nextBytes(file);
        return damaged(random, index.array(), file);
    }

    private static @Nullable List<List<Integer>> plainIds(ByteBuffer tokens, ByteBuffer index) {
        int entries = index.limit() / Long.BYTES;
        if (index.limit() % Long.BYTES != 0 || entries < 2 || tokens.limit() % Integer.BYTES != 0) {
            return null;
        }
        List<List<Integer>> documents = new ArrayList<>();
        long start = index.getLong(0);
        if (start != 0 || index.getLong((entries - 1) * Long.BYTES) != tokens.limit() / Integer.BYTES) {
            return null;
        }
        for (int i = 1; i < entries; i++) {
            long end = index.getLong(i * Long.BYTES);
            if (end < start || end > tokens.limit() / Integer.BYTES) {
                return null;
            }
            documents.add(slice(tokens, start * Integer.BYTES, end - start, Integer.BYTES));
            start = end;
        }
        return documents;
    }

    private static List<Integer> slice(ByteBuffer tokens, long from, long count, int size) {
        List<Integer> slice = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int at = (int) from + i * size;
            slice.add(size == Integer.BYTES ? tokens.getInt(at) : Short.toUnsignedInt(tokens.getShort(at)));
        }
        return slice;
    }

    private static @Nullable List<List<Integer>> plainMegatron(ByteBuffer tokens, ByteBuffer index) {
        if (index.limit() < MEGATRON_HEAD
                || !index.slice(0, MegatronIndex.MAGIC.length).equals(ByteBuffer.wrap(MegatronIndex.MAGIC))) {
            return null;
        }
        int type = index.get(17);
        int size = type == INT32 ? Integer.BYTES : Short.BYTES;
        long sequences = index.getLong(18);
        long entries = index.getLong(26);
        long most = index.limit();
        if (index.getLong(9) != 1
                || (type != INT32 && type != UINT16)
                || sequences < 0
                || sequences > most
                || entries < 1
                || entries > most
                || most != MEGATRON_HEAD + 12 * sequences + Long.BYTES * entries) {
            return null;
        }
        List<List<Integer>> parts = new ArrayList<>();
        long left = tokens.limit();
        for (int i = 0; i < sequences; i++) {
            long length = index.getInt(MEGATRON_HEAD + i * Integer.BYTES);
            long pointer = index.getLong(MEGATRON_HEAD + (int) sequences * Integer.BYTES + i * Long.BYTES);
            left -= length * size;
            if (length < 0
                    || left < 0
                    || pointer < 0
                    || pointer > tokens.limit() - length * size
                    || pointer % size != 0) {
                return null;
            }
            parts.add(slice(tokens, pointer, length, size));
        }
        List<List<Integer>> documents = new ArrayList<>();
        long first = 0;
        for (int i = 0; i < entries; i++) {
            long next = index.getLong(MEGATRON_HEAD + (int) sequences * 12 + i * Long.BYTES);
            if (next < first || next > sequences || (i == 0 && next != 0) || (i == entries - 1 && next != sequences)) {
                return null;
            }
            if (i > 0) {
                List<Integer> document = new ArrayList<>();
                parts.subList((int) first, (int) next).forEach(document::addAll);
                documents.add(document);
            }
            first = next;
        }
        return documents;
    }
}
