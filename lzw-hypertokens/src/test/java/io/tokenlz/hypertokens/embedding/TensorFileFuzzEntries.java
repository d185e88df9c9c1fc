package io.tokenlz.hypertokens.embedding;

import com.sun.management.ThreadMXBean;
import io.tokenlz.frames.FuzzEntries;
import io.tokenlz.frames.FuzzEntry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Files of weights. */
public final class TensorFileFuzzEntries implements FuzzEntries {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Header's tree and buffers; a reader that believed a length would need far more. */
    private static final long ALLOCATED_ANYWAY = 1 << 20;

    private static final Pattern VALUE = Pattern.compile("[0-9]+|\"[^\"]*\"");

    private static final List<String> PIECES = List.of(
            "9223372036854775807",
            "-1",
            "\"",
            "{",
            "}",
            "[",
            "]",
            ",",
            "0",
            "4294967296",
            "\"F16\"",
            "null",
            "\\u0000",
            ":",
            "1e9",
            "\"I64\"");

    @Override
    public List<FuzzEntry> entries() {
        byte[] seed = new SafetensorsBytes()
                .add("input_encoder.a", Tensor.of(new float[12], 3, 4))
                .add("b", Tensor.of(new float[6], 6).as(ElementType.BF16))
                .bytes();
        return List.of(new FuzzEntry(
                "safetensors-file", 4000, () -> random -> changed(seed, random), () -> TensorFileFuzzEntries::check));
    }

    /** Mostly files whose lengths are right and whose header is not: of wrong lengths little comes. */
    private static byte[] changed(byte[] seed, Random random) {
        if (random.nextInt(4) == 0) {
            byte[] bytes = seed.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            bytes[random.nextInt(10)] ^= (byte) (1 << random.nextInt(8));
            return Arrays.copyOf(bytes, random.nextInt(seed.length) + 1);
        }
        int headerBytes = ByteBuffer.wrap(seed).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
        String header = new String(seed, Long.BYTES, headerBytes, StandardCharsets.UTF_8);
        byte[] data = Arrays.copyOfRange(seed, Long.BYTES + headerBytes, seed.length);
        for (int i = random.nextInt(3); i >= 0; i--) {
            List<MatchResult> values = VALUE.matcher(header).results().toList();
            MatchResult value = values.get(random.nextInt(values.size()));
            String piece = random.nextBoolean()
                    ? values.get(random.nextInt(values.size())).group()
                    : PIECES.get(random.nextInt(PIECES.size()));
            header = header.substring(0, value.start()) + piece + header.substring(value.end());
        }
        return SafetensorsBytes.bytes(header, random.nextInt(4) == 0 ? new byte[random.nextInt(80)] : data);
    }

    private static String check(byte[] input, Random random) throws IOException {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        String outcome = "read";
        try (SafetensorsFile tensors = SafetensorsFile.open(new BytesChannel(input))) {
            for (String name : tensors.names()) {
                tensors.tensor(name);
            }
        } catch (MalformedTensorFileException refused) {
            require(refused.position() >= 0 && refused.position() <= input.length, "position " + refused);
            outcome = refused.expected().replaceAll("[0-9]+", "#");
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        require(allocated < ALLOCATED_ANYWAY + 20L * input.length, "allocated " + allocated + " bytes");
        return outcome;
    }

    private static void require(boolean condition, String complaint) {
        if (!condition) {
            throw new AssertionError(complaint);
        }
    }
}
