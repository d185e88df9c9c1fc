package io.tokenlz.reactive;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.BufferByteInput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.frames.FrameLimits;
import io.tokenlz.frames.FrameReader;
import io.tokenlz.frames.FuzzEntries;
import io.tokenlz.frames.FuzzEntry;
import io.tokenlz.frames.FuzzRun;
import io.tokenlz.frames.MalformedFrameException;
import io.tokenlz.frames.SeedStreams;
import io.tokenlz.frames.StreamInputs;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import reactor.core.publisher.Flux;

/**
 * Streams that come in as buffers of each kind, cut anywhere, or as Base64 text. What operators deliver, and how they end, must be
 * what a reader of the whole stream has to say; and no buffer is kept.
 */
public final class ReactiveFuzzEntries implements FuzzEntries {
    private static final int MOST_TOKENS = 1 << 16;
    private static final FrameLimits LIMITS =
            FrameLimits.DEFAULT.withTokensPerStream(MOST_TOKENS).withStateBytes(16 << 20);
    private static final TokenFluxOptions OPTIONS = TokenFluxOptions.DEFAULT.withCheckedOnly(true);

    /** What came of a stream: tokens that a checksum vouches for, and how it was refused. */
    private record Outcome(IntBuffer tokens, @Nullable RuntimeException refusal) {}

    /** A stream in pieces, through an operator. */
    @FunctionalInterface
    private interface Operator {
        Flux<int[]> tokens(List<byte[]> pieces);
    }

    private final PooledByteBufAllocator allocator = new PooledByteBufAllocator(false);
    private final NettyDataBufferFactory factory = new NettyDataBufferFactory(allocator);
    private final List<ByteBuf> given = new ArrayList<>();

    @Override
    public List<FuzzEntry> entries() {
        return List.of(
                entry(
                        "flux-nio",
                        pieces -> Flux.fromIterable(pieces)
                                .map(ByteBuffer::wrap)
                                .transform(TokenFlux.fromFrames(LIMITS, header -> true, OPTIONS))),
                entry(
                        "flux-netty",
                        pieces -> Flux.fromIterable(pieces)
                                .map(this::netty)
                                .transform(NettyTokenFlux.fromFrames(LIMITS, header -> true, OPTIONS))),
                entry(
                        "flux-spring",
                        pieces -> Flux.fromIterable(pieces)
                                .map(this::spring)
                                .transform(SpringTokenFlux.fromFrames(LIMITS, header -> true, OPTIONS))),
                entry(
                        "flux-base64",
                        pieces -> Flux.fromIterable(pieces)
                                .map(Base64.getEncoder()::encodeToString)
                                .transform(Base64TokenFlux.fromFrames(LIMITS, header -> true, OPTIONS))),
                new FuzzEntry("flux-text", 1000, ReactiveFuzzEntries::texts, () -> ReactiveFuzzEntries::text));
    }

    private FuzzEntry entry(String name, Operator operator) {
        return new FuzzEntry(
                name, 1000, () -> new StreamInputs(SeedStreams.plain()), () -> check(operator), StreamInputs::repaired);
    }

    private ByteBuf netty(byte[] piece) {
        ByteBuf buffer = allocator.buffer(piece.length).writeBytes(piece);
        given.add(buffer);
        return buffer;
    }

    private DataBuffer spring(byte[] piece) {
        return factory.wrap(netty(piece));
    }

    private FuzzRun.Check check(Operator operator) {
        return (input, random) -> {
            given.clear();
            List<byte[]> pieces = new ArrayList<>();
            int most = 1 + random.nextInt(input.length + 1);
            for (int from = 0; from < input.length; ) {
                int to = Math.min(input.length, from + 1 + random.nextInt(most));
                pieces.add(Arrays.copyOfRange(input, from, to));
                from = to;
            }
            Outcome found = collected(operator.tokens(pieces));
            require(given.stream().allMatch(buffer -> buffer.refCnt() == 0), "a buffer was kept");
            return compared(found, read(input));
        };
    }

    private static String compared(Outcome found, Outcome expected) {
        require(
                found.tokens().equals(expected.tokens()),
                "expected " + expected.tokens().remaining() + " tokens of the reader's, found "
                        + found.tokens().remaining());
        require(
                told(found.refusal()).equals(told(expected.refusal())),
                "expected " + expected.refusal() + ", found " + found.refusal());
        return found.refusal() == null ? "read" : "refused";
    }

    /** What a refusal says, but for how much stands behind the end, of which an operator knows one piece. */
    private static String told(@Nullable RuntimeException refusal) {
        return String.valueOf(refusal).replaceAll("(nothing behind the end frame), found .*", "$1");
    }

    /** Text that is Base64, or nearly. */
    private static Function<Random, byte[]> texts() {
        StreamInputs streams = new StreamInputs(SeedStreams.plain());
        return random -> {
            byte[] text = Base64.getEncoder().encode(streams.apply(random));
            for (int changes = random.nextInt(3); changes > 0 && text.length > 0; changes--) {
                text[random.nextInt(text.length)] = (byte) random.nextInt(256);
            }
            return random.nextInt(4) == 0 ? Arrays.copyOf(text, random.nextInt(text.length + 1)) : text;
        };
    }

    private static String text(byte[] input, Random random) {
        Outcome found = collected(Flux.just(new String(input, StandardCharsets.ISO_8859_1))
                .transform(Base64TokenFlux.fromFrames(LIMITS, header -> true, OPTIONS)));
        byte[] stream;
        try {
            stream = Base64.getDecoder().decode(input);
        } catch (IllegalArgumentException noBase64) {
            require(found.refusal() instanceof MalformedFrameException, "expected a refusal of " + noBase64);
            require(found.tokens().remaining() == 0, "expected no tokens of what is no text");
            return "no text";
        }
        return compared(found, read(stream));
    }

    private static Outcome collected(Flux<int[]> tokens) {
        int[] all = new int[MOST_TOKENS];
        int[] count = {0};
        RuntimeException[] refusal = {null};
        tokens.subscribe(
                chunk -> {
                    System.arraycopy(chunk, 0, all, count[0], chunk.length);
                    count[0] += chunk.length;
                },
                error -> refusal[0] = documented(error));
        return new Outcome(IntBuffer.wrap(all, 0, count[0]), refusal[0]);
    }

    private static RuntimeException documented(Throwable error) {
        if (error instanceof MalformedFrameException malformed) {
            return malformed;
        }
        throw new AssertionError("not an error that is documented", error);
    }

    /** What a reader says to the whole stream at once. */
    private static Outcome read(byte[] stream) {
        int[] tokens = new int[MOST_TOKENS];
        BufferByteInput input = new BufferByteInput().wrap(ByteBuffer.wrap(stream));
        ArrayTokenOutput output = new ArrayTokenOutput().wrap(tokens);
        try (FrameReader reader = new FrameReader(LIMITS)) {
            RuntimeException refusal = null;
            try {
                CoderStatus status = reader.read(input, output);
                if (status == CoderStatus.DONE && input.remaining() > 0) {
                    refusal = new MalformedFrameException(
                            input.position(),
                            reader.totalTokens(),
                            "nothing behind the end frame",
                            input.remaining() + " bytes");
                } else {
                    reader.finish();
                }
            } catch (MalformedFrameException refused) {
                refusal = refused;
            }
            int checked = (int) Math.min(output.position(), reader.checkedTokens());
            return new Outcome(IntBuffer.wrap(tokens, 0, checked), refusal);
        }
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new AssertionError(message);
        }
    }
}
