package io.tokenlz.frames;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A stream taken apart into fields and frames, to be changed and put together again with lengths, totals, index and checks that
 * are right for what it then holds: damage that only the decoders behind all of these can find.
 */
final class StreamParts {
    private static final int[] DATA_KINDS = {
        StreamFormat.KIND_DATA_UNCHECKED,
        StreamFormat.KIND_DATA,
        StreamFormat.KIND_DATA_RESTART,
        StreamFormat.KIND_DATA_LAST
    };
    private static final int[] ENCODINGS = {0, 1, 2, 3, 0x10, 0x11, 0x12};

    /** A header field. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Field(int tag, byte[] value) {}

    /** A frame; for tokens the body is all its bytes. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Frame(int kind, int tokens, int ids, int encoding, byte[] body) {
        boolean isData() {
            return Arrays.stream(DATA_KINDS).anyMatch(data -> data == kind);
        }

        Frame withKind(int newKind) {
            return new Frame(newKind, tokens, ids, encoding, body);
        }

        Frame withTokens(int newTokens) {
            return new Frame(kind, newTokens, ids, encoding, body);
        }

        Frame withIds(int newIds) {
            return new Frame(kind, tokens, newIds, encoding, body);
        }

        Frame withEncoding(int newEncoding) {
            return new Frame(kind, tokens, ids, newEncoding, body);
        }

        Frame withBody(byte[] newBody) {
            return new Frame(kind, tokens, ids, encoding, newBody);
        }
    }

    private int flags;
    private final List<Field> fields = new ArrayList<>();
    private final List<Frame> frames = new ArrayList<>();

    /** Whether the index is what it was, or made anew for what the stream now holds. */
    private boolean keepsIndex;

    /** Tokens that a stored stream says it has beyond those that it has. */
    private long statedBeyond;

    /** Takes a well-formed stream apart; of another one, what is whole. */
    StreamParts(byte[] stream) {
        FrameWalk walk = new FrameWalk(stream);
        for (FrameWalk.Element element : walk.elements()) {
            if (element.kind() == FrameWalk.HEADER) {
                flags = stream[StreamFormat.MAGIC.length + 1];
                takeFields(stream, element.bodyStart(), element.bodyEnd());
            } else {
                int from = isToken(element.kind()) ? element.start() : element.bodyStart();
                int to = isToken(element.kind()) ? element.end() : element.bodyEnd();
                byte[] body = Arrays.copyOfRange(stream, from, to);
                int tokens = (int) element.tokens();
                frames.add(new Frame(element.kind(), tokens, (int) element.ids(), element.encoding(), body));
            }
        }
    }

    private static boolean isToken(int kind) {
        return kind < StreamFormat.KIND_DATA_UNCHECKED || kind == StreamFormat.KIND_LONG_TOKEN;
    }

    private void takeFields(byte[] stream, int from, int to) {
        PayloadSource source = new PayloadSource();
        source.open(stream, from, to);
        while (source.at < source.end) {
            int tag = source.takeByte();
            int length = source.takeInt();
            fields.add(new Field(tag, Arrays.copyOfRange(stream, source.at, source.at + length)));
            source.at += length;
        }
    }

    /** Makes one to four changes. */
    StreamParts damage(Random random, byte[] other) {
        ByteDamage damage = new ByteDamage(random);
        for (int left = 1 + random.nextInt(random.nextInt(4) + 1); left > 0; left--) {
            if (frames.isEmpty() || random.nextInt(6) == 0) {
                damageHeader(random, damage, other);
            } else if (random.nextInt(4) == 0) {
                arrangeFrames(random, damage, new StreamParts(other));
            } else {
                damageFrame(random, damage, other);
            }
        }
        return this;
    }

    private void damageHeader(Random random, ByteDamage damage, byte[] other) {
        if (fields.isEmpty() || random.nextInt(4) == 0) {
            flags ^= 1 << random.nextInt(random.nextInt(3) == 0 ? Byte.SIZE : 1);
            return;
        }
        int at = random.nextInt(fields.size());
        Field field = fields.get(at);
        switch (random.nextInt(6)) {
            case 0 -> fields.set(at, new Field(field.tag(), damage.damaged(field.value(), other)));
            case 1 -> fields.set(at, new Field(field.tag(), HandMadeStream.varints((int) damage.extreme() >>> 1)));
            case 2 -> fields.remove(at);
            case 3 -> fields.add(at, field);
            case 4 -> fields.set(at, new Field(1 + random.nextInt(255), field.value()));
            default -> {
                byte[] value = HandMadeStream.varints(random.nextInt(1 << random.nextInt(30)));
                fields.add(new Field(StreamFormat.FIELD_WINDOW, value));
            }
        }
    }

    /** Frames change places, are lost, doubled, taken from another stream, or made. */
    private void arrangeFrames(Random random, ByteDamage damage, StreamParts other) {
        int at = random.nextInt(frames.size() + 1);
        if (frames.size() < 2 || random.nextBoolean()) {
            frames.add(at, made(random, damage, other));
            return;
        }
        int from = random.nextInt(frames.size());
        int to = random.nextInt(frames.size());
        switch (random.nextInt(6)) {
            case 0 -> frames.remove(from);
            case 1 -> frames.add(at, frames.get(from));
            case 2 -> frames.add(to, frames.remove(from));
            case 3 -> frames.set(to, frames.set(from, frames.get(to)));
            case 4 -> keepsIndex = true;
            default -> statedBeyond = damage.extreme() >>> 2;
        }
    }

    private static Frame made(Random random, ByteDamage damage, StreamParts other) {
        return switch (random.nextInt(6)) {
            case 0 -> new Frame(StreamFormat.KIND_CHECKPOINT, 0, 0, 0, new byte[0]);
            case 1 -> {
                int kind = StreamFormat.KIND_FIRST_SKIPPABLE + random.nextInt(8);
                yield new Frame(kind, 0, 0, 0, damage.bytes(random.nextInt(600)));
            }
            case 2 -> {
                byte[] token = {(byte) StreamFormat.firstByte(random.nextInt(96)), 0, 0};
                yield new Frame(0, 1, 1, 0, Arrays.copyOf(token, 2 + random.nextInt(2)));
            }
            case 3 -> {
                int tokens = 1 + random.nextInt(1 << random.nextInt(20));
                int encoding = ENCODINGS[random.nextInt(ENCODINGS.length)];
                yield new Frame(StreamFormat.KIND_DATA, tokens, tokens, encoding, damage.bytes(random.nextInt(40)));
            }
            default ->
                other.frames.isEmpty()
                        ? new Frame(StreamFormat.KIND_INDEX, 0, 0, 0, damage.bytes(random.nextInt(40)))
                        : other.frames.get(random.nextInt(other.frames.size()));
        };
    }

    private void damageFrame(Random random, ByteDamage damage, byte[] other) {
        int at = random.nextInt(frames.size());
        Frame frame = frames.get(at);
        if (!frame.isData()) {
            boolean isIndex = frame.kind() == StreamFormat.KIND_INDEX;
            keepsIndex |= isIndex;
            boolean anew = isIndex && random.nextInt(3) == 0;
            frames.set(at, frame.withBody(anew ? wideIndex(random) : damage.damaged(frame.body(), other)));
            return;
        }
        frames.set(
                at,
                switch (random.nextInt(11)) {
                    case 0 -> frame.withKind(DATA_KINDS[random.nextInt(DATA_KINDS.length)]);
                    case 1 -> frame.withEncoding(ENCODINGS[random.nextInt(ENCODINGS.length)]);
                    case 2 -> {
                        int tokens = number(random, damage, frame.tokens());
                        yield frame.withTokens(tokens).withIds(frame.ids() == frame.tokens() ? tokens : frame.ids());
                    }
                    case 3 -> frame.withIds(number(random, damage, frame.ids()));
                    case 4 -> frame.withBody(damage.bytes(random.nextInt(100)));
                    case 5 -> withIds(random, frame);
                    default -> frame.withBody(damage.damaged(frame.body(), other, listStarts(frame)));
                });
    }

    /** Many restarts and documents in few bytes: their lists are of one number each. */
    private static byte[] wideIndex(Random random) {
        HandMadeStream index = new HandMadeStream();
        int start = index.length();
        index.put(ints(HandMadeStream.varints(random.nextInt(1 << 25), 1 + random.nextInt(1 << 25))));
        for (int list = random.nextInt(2000); list > 0; list--) {
            index.put(EntropyList.FORM_CONSTANT, random.nextInt(3));
        }
        byte[] bytes = index.bytes();
        return Arrays.copyOfRange(bytes, start, bytes.length);
    }

    /** With IDs that any decoder gets to see, and a codec after it. */
    private static Frame withIds(Random random, Frame frame) {
        int[] ids = new int[1 + random.nextInt(60)];
        int bits = 1 + random.nextInt(18);
        Arrays.setAll(ids, i -> random.nextInt(1 << bits));
        int tokens = frame.ids() == frame.tokens() ? ids.length : 1 + random.nextInt(2 * ids.length);
        return new Frame(frame.kind(), tokens, ids.length, StreamFormat.ENCODING_VARINT, HandMadeStream.varints(ids));
    }

    /** Near what it was, or anything. */
    private static int number(Random random, ByteDamage damage, int was) {
        return random.nextBoolean() ? Math.max(0, was + random.nextInt(5) - 2) : (int) damage.extreme() >>> 1;
    }

    /** A payload says most of itself in its first bytes. */
    private static int[] listStarts(Frame frame) {
        return frame.body().length == 0 ? new int[0] : new int[] {0, 1, 2, 3, 4, 5, 6};
    }

    /** The stream of these parts. */
    byte[] joined() {
        byte[][] written = fields.stream()
                .map(field -> HandMadeStream.field(field.tag(), field.value()))
                .toArray(byte[][]::new);
        HandMadeStream stream = new HandMadeStream(flags, written);
        boolean hasCodec = fields.stream().anyMatch(field -> field.tag() == StreamFormat.FIELD_CODEC);
        IndexWriter index = new IndexWriter();
        int indexBytes = 0;
        for (Frame frame : frames) {
            if (frame.isData()) {
                if (frame.kind() == StreamFormat.KIND_DATA_RESTART) {
                    index.restart(stream.tokens(), stream.length());
                    index.endDocument(stream.tokens());
                }
                if (hasCodec) {
                    stream.coded(frame.kind(), frame.tokens(), frame.ids(), frame.encoding(), frame.body());
                } else {
                    stream.data(frame.kind(), frame.tokens(), frame.encoding(), frame.body());
                }
            } else if (isToken(frame.kind())) {
                stream.token(ints(frame.body()));
            } else {
                switch (frame.kind()) {
                    case StreamFormat.KIND_CHECKPOINT -> stream.checkpoint();
                    case StreamFormat.KIND_END -> stream.end();
                    case StreamFormat.KIND_STORED_END -> stream.storedEnd(stream.tokens() + statedBeyond, indexBytes);
                    case StreamFormat.KIND_INDEX -> {
                        int start = stream.length();
                        // a second one stays as it was: the first is the one that counts
                        byte[] body = keepsIndex || indexBytes > 0
                                ? frame.body()
                                : indexBody(index, stream.tokens() + statedBeyond);
                        stream.skippable(frame.kind(), body).check();
                        indexBytes = stream.length() - start;
                    }
                    default -> stream.skippable(frame.kind(), frame.body());
                }
            }
        }
        byte[] bytes = stream.bytes();
        if (statedBeyond != 0) {
            // so that a reader that begins with the end believes it
            new FrameWalk(bytes).repairChecks();
        }
        return bytes;
    }

    private static byte[] indexBody(IndexWriter index, long tokens) {
        ByteSink written = new ByteSink();
        index.write(tokens, written);
        PayloadSource source = new PayloadSource();
        source.open(written.bytes, 1, written.length);
        source.takeInt(); // the body's length
        return Arrays.copyOfRange(written.bytes, source.at, written.length);
    }

    private static int[] ints(byte... bytes) {
        int[] values = new int[bytes.length];
        Arrays.setAll(values, i -> bytes[i]);
        return values;
    }
}
