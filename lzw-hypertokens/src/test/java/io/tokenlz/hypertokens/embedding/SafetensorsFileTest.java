package io.tokenlz.hypertokens.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenlz.frames.FuzzEntry;
import io.tokenlz.frames.FuzzRun;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** safetensors: what is right is read, everything else is refused with its position (EMBEDDING.md, section 4). */
class SafetensorsFileTest {
    @TempDir
    Path folder = Path.of("");

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("weights.safetensors"), bytes);
    }

    private Path file(String header, int dataBytes) throws IOException {
        return file(SafetensorsBytes.bytes(header, new byte[dataBytes]));
    }

    @ParameterizedTest
    @EnumSource
    void readsWhatWasWritten(ElementType type) throws IOException {
        float[] numbers = new float[40_000]; // more than a buffer
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i % 251;
        }
        Tensor tensor = Tensor.of(numbers, 200, 200).as(type);
        Path file = file(new SafetensorsBytes()
                .add("a", tensor)
                .add("b", Tensor.of(new float[0], 0, 3))
                .add("ü", Tensor.of(new float[] {7}))
                .bytes());
        try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
            assertThat(tensors.names()).containsExactly("a", "b", "ü");
            Tensor read = tensors.tensor("a", 200, 200);
            float[] back = new float[numbers.length];
            read.copyTo(0, back.length, back, 0);
            assertThat(back).containsExactly(numbers);
            assertThat(read.type()).isEqualTo(type);
            assertThat(tensors.tensor("b").elements()).isZero();
            assertThat(tensors.tensor("ü").shape()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}{} | nothing behind
            [] | a JSON object
            {"a":7} | an object for a
            {"a":{"dtype":"F32","shape":[2]}} | data_offsets of a
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"more":1}} | dtype, shape or data_offsets
            {"a":{"dtype":"F31","shape":[2],"data_offsets":[0,8]}} | a known dtype
            {"a":{"dtype":7,"shape":[2],"data_offsets":[0,8]}} | a string for dtype
            {"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}} | an integer from 0
            {"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}} | an integer
            {"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}} | an integer from 0
            {"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,2],"data_offsets":[0,8]}} | at most 8 numbers
            {"a":{"dtype":"F32","shape":[4294967296,4294967297,2],"data_offsets":[0,8]}} | as many bytes
            {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}} | as many bytes
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,12]}} | within 8 bytes
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}} | the first not above the second
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,8]}} | at most 2 numbers
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | right behind
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} | the end of the file
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | right behind
            {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | JSON
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]} | JSON
            {"a":{"dtype":"F32","shape":[2],"data_offsets":[[[0,8]]]}} | an integer
            """)
    void refusesWhatBreaksTheRules(String header, String expected) throws IOException {
        Path file = file(header, 8);
        MalformedTensorFileException refused =
                catchThrowableOfType(MalformedTensorFileException.class, () -> SafetensorsFile.open(file));
        assertThat(refused).hasMessageContaining("malformed safetensors file at byte ");
        assertThat(refused.expected()).contains(expected);
        assertThat(refused.position()).isBetween(0L, Files.size(file));
    }

    @Test
    void refusesHeadersLongerThanTheFile() throws IOException {
        for (long length : new long[] {100, 1L << 40, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
            byte[] bytes = ByteBuffer.allocate(50)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(length)
                    .array();
            assertThatThrownBy(() -> SafetensorsFile.open(file(bytes)))
                    .isInstanceOf(MalformedTensorFileException.class)
                    .hasMessageContaining("a header of at most 42 bytes");
        }
        assertThatThrownBy(() -> SafetensorsFile.open(file(new byte[5])))
                .isInstanceOf(MalformedTensorFileException.class);
    }

    @Test
    void refusesTensorsThatAreNotAsAskedFor() throws IOException {
        Path file = file("""
                {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},
                "b":{"dtype":"I64","shape":[1],"data_offsets":[8,16]},
                "c":{"dtype":"F32","shape":[0,9999999999],"data_offsets":[16,16]}}""", 16);
        try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
            assertRefused(() -> tensors.tensor("d"), "a tensor d");
            assertRefused(() -> tensors.tensor("a", 2, 1), "shape [2, 1] of a");
            assertRefused(() -> tensors.tensor("b"), "F32, F16 or BF16");
            assertRefused(() -> tensors.tensor("c"), "fewer than 2^31");
        }
    }

    private static void assertRefused(ThrowingCallable call, String expected) {
        assertThatThrownBy(call)
                .isInstanceOf(MalformedTensorFileException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void fileThatShrinksIsRefused() throws IOException {
        Path file = file("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8);
        try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
            byte[] bytes = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));
            assertRefused(() -> tensors.tensor("a"), "bytes more");
        }
    }

    @Test
    void takesAnything() throws IOException {
        for (FuzzEntry entry : new TensorFileFuzzEntries().entries()) {
            FuzzRun.run(entry);
        }
    }
}
