package io.tokenlz.hypertokens.embedding;

import java.util.List;

/**
 * What a safetensors header says of one tensor, once it was checked.
 *
 * @param name unique in the file
 * @param type as the file spells it
 * @param shape sizes of the dimensions
 * @param elements their product
 * @param begin first byte of its data, from the start of the file
 * @param end behind the last one
 * @param headerPosition where the header speaks of it, from the start of the file
 */
record TensorEntry(
        String name, String type, List<Long> shape, long elements, long begin, long end, long headerPosition) {
    MalformedTensorFileException refused(String expected, String found) {
        return new MalformedTensorFileException(headerPosition, expected, found);
    }
}
