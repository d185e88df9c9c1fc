package io.tokenlz.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.BufferByteInput;
import io.tokenlz.core.BufferByteOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.frames.FrameLimits;
import io.tokenlz.frames.FrameReader;
import io.tokenlz.frames.FrameWriter;
import io.tokenlz.frames.FrameWriterOptions;
import io.tokenlz.frames.FrameWriterOptions.Level;
import io.tokenlz.frames.MalformedFrameException;
import io.tokenlz.frames.StreamHeader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Jobs of the kinds {@code wire-write} and {@code wire-read}, and what their fields say. */
final class WireJobs {
    /** What a job's stream may hold and take; a frame, a window and the tables of the largest level fit. */
    private static final FrameLimits LIMITS = FrameLimits.DEFAULT.withTokensPerStream(ConformanceJobs.MOST_TOKENS);

    private static final int ROOM = 1 << 14;

    private WireJobs() {}

    static void write(JsonNode job, ObjectNode result) {
        JsonNode config = JobFields.config(job);
        StreamHeader header = header(config);
        FrameWriterOptions options = options(config);
        JsonNode ids = JobFields.list(job, "ids");
        int[] flushes = flushes(job, ids.size());
        Written written = JobFields.overIds(ids, tokens -> write(header, options, tokens, flushes));
        result.put("bytes", HexFormat.of().formatHex(written.bytes()));
        if (job.hasNonNull("flushes")) {
            result.set("flushed", JobFields.array(written.flushed()));
        }
    }

    static StreamHeader header(JsonNode config) {
        StreamHeader.Builder builder = StreamHeader.builder(JobFields.integer(config, "vocab_size"));
        builder.window(JobFields.integer(config, "window", 0));
        if (JobFields.flag(config, "stored")) {
            builder.stored();
        }
        if (config.hasNonNull("tokenizer")) {
            byte[] fingerprint = JobFields.bytes(config, "tokenizer");
            if (fingerprint.length == 0) {
                throw new IllegalArgumentException("field \"tokenizer\" must have at least 1 byte");
            }
            builder.tokenizerFingerprint(fingerprint);
        }
        return builder.build();
    }

    /** The fields that say this configuration. */
    static ObjectNode fields(StreamHeader header, FrameWriterOptions options) {
        ObjectNode fields = JsonNodeFactory.instance
                .objectNode()
                .put("vocab_size", header.vocabularySize())
                .put("window", header.window())
                .put("stored", header.stored());
        if (header.tokenizerFingerprint().length > 0) {
            fields.put("tokenizer", HexFormat.of().formatHex(header.tokenizerFingerprint()));
        }
        return fields.put("level", JobFields.name(options.level()))
                .put("block_tokens", options.blockTokens())
                .put("restart_tokens", options.restartTokens())
                .put("check_all", options.checkAllFrames());
    }

    private static FrameWriterOptions options(JsonNode config) {
        FrameWriterOptions preset = FrameWriterOptions.DEFAULT;
        return new FrameWriterOptions(
                JobFields.oneOf(config, "level", preset.level(), Level.values()),
                JobFields.integer(config, "block_tokens", preset.blockTokens()),
                JobFields.longInteger(config, "restart_tokens", preset.restartTokens()),
                JobFields.flag(config, "check_all"));
    }

    static int[] flushes(JsonNode job, int tokens) {
        if (!job.hasNonNull("flushes")) {
            return new int[0];
        }
        JsonNode list = JobFields.list(job, "flushes");
        int[] flushes = new int[list.size()];
        for (int i = 0; i < flushes.length; i++) {
            JsonNode place = list.get(i);
            int least = i == 0 ? 0 : flushes[i - 1] + 1;
            if (!JobFields.isInt(place) || place.intValue() < least || place.intValue() > tokens) {
                throw new IllegalArgumentException(
                        "flushes must rise, from 0 to the number of ids, hold " + JobFields.shown(place));
            }
            flushes[i] = place.intValue();
        }
        return flushes;
    }

    /** A stream, and how long it was after each flush. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Written(byte[] bytes, int[] flushed) {}

    /** Flushes behind the tokens that there are were meant for those that could not be read. */
    static Written write(StreamHeader header, FrameWriterOptions options, int[] tokens, int[] flushes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int[] flushed = new int[flushes.length];
        ArrayTokenInput input = new ArrayTokenInput();
        try (FrameWriter writer = new FrameWriter(header, options)) {
            int at = 0;
            for (int i = 0; i < flushes.length && flushes[i] <= tokens.length; i++) {
                input.wrap(tokens, at, flushes[i] - at);
                drain(bytes, output -> writer.write(input, output));
                drain(bytes, writer::flush);
                flushed[i] = bytes.size();
                at = flushes[i];
            }
            input.wrap(tokens, at, tokens.length - at);
            drain(bytes, output -> writer.write(input, output));
            drain(bytes, writer::finish);
        }
        return new Written(bytes.toByteArray(), flushed);
    }

    private static void drain(ByteArrayOutputStream bytes, Function<BufferByteOutput, CoderStatus> step) {
        byte[] room = new byte[ROOM];
        BufferByteOutput output = new BufferByteOutput();
        CoderStatus status;
        do {
            status = step.apply(output.wrap(ByteBuffer.wrap(room)));
            bytes.write(room, 0, (int) output.position());
        } while (status == CoderStatus.NEEDS_OUTPUT);
    }

    static void read(JsonNode job, ObjectNode result) {
        byte[] bytes = JobFields.bytes(job, "bytes");
        int[] decoded = new int[ROOM];
        int count = 0;
        BufferByteInput input = new BufferByteInput().wrap(ByteBuffer.wrap(bytes));
        ArrayTokenOutput output = new ArrayTokenOutput();
        try (FrameReader reader = new FrameReader(LIMITS)) {
            CoderStatus status;
            do {
                if (count == decoded.length) {
                    decoded = Arrays.copyOf(decoded, 2 * count);
                }
                status = reader.read(input, output.wrap(decoded, count, decoded.length - count));
                count += (int) output.position();
            } while (status == CoderStatus.NEEDS_OUTPUT);
            reader.finish();
            requireEnd(input, bytes.length, count);
            result.set("decoded", JobFields.array(Arrays.copyOf(decoded, count)));
            result.put("vocab_size", vocabularySize(reader.header()));
        }
    }

    private static void requireEnd(BufferByteInput input, int bytes, int tokens) {
        if (input.remaining() > 0) {
            throw new MalformedFrameException(
                    bytes - input.remaining(), tokens, "nothing behind the end", input.remaining() + " bytes");
        }
    }

    private static int vocabularySize(@Nullable StreamHeader header) {
        if (header == null) {
            throw new IllegalStateException("a stream that ended has no header");
        }
        return header.vocabularySize();
    }
}
