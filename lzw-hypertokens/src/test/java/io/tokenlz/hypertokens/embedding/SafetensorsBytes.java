package io.tokenlz.hypertokens.embedding;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/** Writes safetensors files, right ones and wrong ones. */
final class SafetensorsBytes {
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    SafetensorsBytes add(String name, Tensor tensor) {
        tensors.put(name, tensor);
        return this;
    }

    SafetensorsBytes addAll(String prefix, HyperEncoder encoder) {
        for (String name : encoder.config().weightShapes().keySet()) {
            add(prefix + name, encoder.weight(name));
        }
        return this;
    }

    byte[] bytes() {
        StringJoiner header = new StringJoiner(",", "{", "}");
        header.add("\"__metadata__\":{\"format\":\"pt\"}");
        ByteBuffer data = ByteBuffer.allocate(1 << 20);
        tensors.forEach((name, tensor) -> {
            int begin = data.position();
            tensor.writeTo(0, tensor.elements(), data);
            header.add("\"" + name + "\":{\"dtype\":\"" + tensor.type() + "\",\"shape\":"
                    + Arrays.toString(tensor.shape()) + ",\"data_offsets\":[" + begin + "," + data.position() + "]}");
        });
        return bytes(header.toString(), Arrays.copyOf(data.array(), data.position()));
    }

    Path write(Path file) throws IOException {
        return Files.write(file, bytes());
    }

    static byte[] bytes(String header, byte[] data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + json.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .put(data)
                .array();
    }
}
