package io.tokenlz.frames;

import static io.tokenlz.frames.HandMadeStream.entropy;
import static io.tokenlz.frames.HandMadeStream.field;
import static io.tokenlz.frames.HandMadeStream.joined;
import static io.tokenlz.frames.HandMadeStream.ofVocabulary;
import static io.tokenlz.frames.HandMadeStream.packed;
import static io.tokenlz.frames.HandMadeStream.stored;
import static io.tokenlz.frames.HandMadeStream.varints;
import static io.tokenlz.frames.HandMadeStream.vocabulary;
import static io.tokenlz.frames.HandMadeStream.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.BufferByteOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.frames.FrameWriterOptions.Level;
import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import io.tokenlz.metatokens.MetaTokenEffort;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes the streams of {@link FrameVectorTest}: with a writer what one writes, by hand what only a reader has to know. */
final class FrameVectors {
    private static final int VOCABULARY = 128_256;
    private static final int UNCHECKED = StreamFormat.KIND_DATA_UNCHECKED;
    private static final int CHECKED = StreamFormat.KIND_DATA;
    private static final int RESTART = StreamFormat.KIND_DATA_RESTART;
    private static final int SEQUENCES = StreamFormat.SEQUENCES;
    private static final FrameWriterOptions BALANCED = FrameWriterOptions.DEFAULT;
    private static final FrameWriterOptions HIGH = BALANCED.withLevel(Level.HIGH);
    private static final FrameWriterOptions SMALLEST = BALANCED.withLevel(Level.SMALLEST);

    private FrameVectors() {}

    // ---- streams that every reader reads

    static List<FrameVector> readable() {
        List<FrameVector> all = new ArrayList<>();
        addFrames(all);
        addEncodings(all);
        addStored(all);
        return all;
    }

    private static void addFrames(List<FrameVector> all) {
        StreamHeader plain = StreamHeader.builder(VOCABULARY).build();
        all.add(written("empty", "a stream without tokens", plain, BALANCED));
        all.add(written(
                "worked-example",
                "the stream of FORMAT.md, section 11",
                plain,
                BALANCED.withRestartTokens(4),
                new int[] {1234},
                new int[] {9, 9, 300},
                repeated(30, 40, 41, 42)));
        all.add(written(
                "single-tokens",
                "frames of one token in each form, at the ends of its range",
                StreamHeader.builder(Integer.MAX_VALUE).build(),
                BALANCED,
                eachAlone(0, 255, 256, 16_383, 16_384, 81_919, 81_920, 2_113_535, 2_113_536, 2_147_483_646)));
        all.add(written(
                "small-frames",
                "unchecked frames of seven tokens; a checkpoint wherever 256 tokens would go without",
                plain,
                BALANCED,
                cut(likeText(1, 600), 7)));
        all.add(written(
                "small-checked-frames",
                "frames of one and of seven tokens with a check each",
                plain,
                BALANCED.withCheckAllFrames(true),
                likeText(2, 1),
                likeText(3, 7)));
        all.add(written(
                "one-token-vocabulary",
                "IDs of no bits: 100 times ID 0, as a checked frame and a modelled one",
                StreamHeader.builder(1).build(),
                SMALLEST,
                new int[100],
                new int[1024]));
        all.add(written(
                "restarts",
                "restarts in a stream that is not stored, of which one follows on unchecked frames, with a window",
                StreamHeader.builder(VOCABULARY).window(1000).build(),
                HIGH.withRestartTokens(300),
                cut(likeText(4, 900), 140, 7, 1)));
        all.add(written(
                "meta-tokens",
                "the codec meta-tokens, in checked, unchecked and single-token frames",
                StreamHeader.builder(new MetaTokenCodec(MetaTokenConfig.builder(VOCABULARY)
                                .window(100)
                                .effort(MetaTokenEffort.LTSC)
                                .build()))
                        .build(),
                BALANCED,
                cut(likeText(5, 300), 90, 20, 1)));
        all.add(new FrameVector(
                "reserved",
                "by hand: flags and a field that a reader ignores, frames that it skips; one is all that a checkpoint checks",
                new HandMadeStream(0xF0, vocabulary(VOCABULARY), field(4, (byte) 1, (byte) 2), field(254))
                        .skippable(120, (byte) 7, (byte) 8, (byte) 9)
                        .checkpoint()
                        .token(0, 5)
                        .skippable(127)
                        .data(CHECKED, 2, StreamFormat.ENCODING_VARINT, varints(6, 7))
                        .end()
                        .bytes(),
                5,
                6,
                7));
        all.add(new FrameVector(
                "restart-first",
                "by hand: a restart at the start of a stream that is not stored, and a small frame behind it",
                ofVocabulary(300)
                        .data(RESTART, 1, StreamFormat.ENCODING_VARINT, varints(299))
                        .data(UNCHECKED, 1, StreamFormat.ENCODING_VARINT, varints(298))
                        .end()
                        .bytes(),
                299,
                298));
        all.add(new FrameVector(
                "most-unchecked",
                "by hand: 256 tokens in unchecked frames, and behind them a checked one",
                mostUnchecked()
                        .data(CHECKED, 1, StreamFormat.ENCODING_VARINT, varints(8))
                        .end()
                        .bytes(),
                followedBy(new int[256], 8)));
    }

    private static void addEncodings(List<FrameVector> all) {
        StreamHeader plain = StreamHeader.builder(VOCABULARY).build();
        StreamHeader windowed = StreamHeader.builder(VOCABULARY).window(4096).build();
        all.add(written("varint", "IDs as varints", plain, BALANCED, new int[] {1, 100_000, 3}));
        all.add(written(
                "packed",
                "packed IDs: of one width, of eight, of no bits",
                StreamHeader.builder(Integer.MAX_VALUE).build(),
                BALANCED,
                new int[] {100, 101, 102, 103, 104},
                new int[] {0, 1, 6, 0, 1, 30, 500, 9000, 200_000, 2_000_000_000, 1, 0, 7, 25, 400, 8000, 130_000},
                new int[16]));
        all.add(written(
                "sequences-packed",
                "sequences in packed lists; the second frame copies from the first",
                windowed,
                BALANCED.withLevel(Level.FAST),
                cut(likeText(6, 400), 200)));
        all.add(written(
                "sequences-entropy",
                "sequences in entropy lists, in one bit stream and in four; the second frame copies from the first",
                windowed,
                HIGH,
                cut(likeText(7, 1800), 1200)));
        all.add(new FrameVector(
                "sequences-varints",
                "by hand: sequences in varints; no literals but matches, no matches but literals, a copy of what it writes",
                new HandMadeStream(0, vocabulary(VOCABULARY), window(4))
                        .data(CHECKED, 5, SEQUENCES, varints(5, 0, 1, 2, 3, 4, 5))
                        .data(CHECKED, 6, SEQUENCES, varints(0, 1, 0, 4, 3))
                        .data(CHECKED, 4, SEQUENCES, varints(2, 1, 70_000, 70_001, 1, 0, 6))
                        .end()
                        .bytes(),
                followedBy(new int[] {1, 2, 3, 4, 5, 5, 5, 5, 5, 5, 5}, 70_000, 5, 5, 70_001)));
        all.add(recentDistances());
        all.add(new FrameVector(
                "sequences-empty-lists",
                "by hand: sequences in packed and in entropy lists that are empty, yet have their mask or form",
                new HandMadeStream(0, vocabulary(9), window(4))
                        .data(CHECKED, 1, SEQUENCES | 1, joined(varints(1, 0), packed(8), packed(), packed(), packed()))
                        .data(
                                CHECKED,
                                2,
                                SEQUENCES | 2,
                                joined(varints(0, 1), entropy(), entropy(0), entropy(0), entropy(0)))
                        .end()
                        .bytes(),
                8,
                8,
                8));
        all.add(entropyLists());
        all.add(written("model", "a modelled frame, its model new, and the end", plain, SMALLEST, likeText(8, 1100)));
        all.add(written(
                "model-goes-on",
                "three modelled frames: the model goes on in the second, and begins anew in the third, behind a token",
                StreamHeader.builder(300).build(),
                SMALLEST,
                fewIds(9, 1024),
                fewIds(9, 1100),
                new int[] {299},
                fewIds(9, 1024)));
    }

    private static FrameVector recentDistances() {
        // by packed lists; what is copied is told from its neighbours, so that a wrong distance shows
        int[] literals = {10, 11, 12, 13, 14, 15, 16, 17, 18, 19};
        int[] runs = {10, 0, 0, 0, 0, 0};
        int[] lengths = {0, 0, 0, 0, 0, 0};
        int[] distances = {7 + 2, 0, 2, 7 + 2, 2, 1};
        byte[] payload = joined(
                varints(literals.length, runs.length),
                packed(literals),
                packed(runs),
                packed(lengths),
                packed(distances));
        // the last distances are 1 2 3; 7 1 2; 7 1 2; 2 7 1; 7 2 7; 7 7 2; 7 7 2
        int[] tokens = {10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 13, 14, 15, 16, 15, 16, 17, 18, 19, 13, 14, 15};
        int to = literals.length;
        for (int distance : new int[] {7, 7, 2, 7, 7, 7}) {
            tokens[to] = tokens[to - distance];
            tokens[to + 1] = tokens[to + 1 - distance];
            to += 2;
        }
        return new FrameVector(
                "recent-distances",
                "by hand: the last distances, and one given as a number though it is among them: then it is there twice",
                ofVocabulary(VOCABULARY)
                        .data(CHECKED, tokens.length, SEQUENCES | 1, payload)
                        .end()
                        .bytes(),
                tokens);
    }

    private static FrameVector entropyLists() {
        int[] one = {77};
        int[] same = repeated(40, 5);
        int[] few = fewIds(10, 200);
        int[] many = fewIds(11, 259);
        return new FrameVector(
                "entropy",
                "by hand: IDs as entropy lists: packed, all the same, a prefix code in one bit stream and in four",
                ofVocabulary(300)
                        .data(CHECKED, one.length, 2, entropyOf(EntropyList.FORM_PACKED, one))
                        .data(CHECKED, same.length, 2, entropyOf(EntropyList.FORM_CONSTANT, same))
                        .data(CHECKED, few.length, 2, entropyOf(EntropyList.FORM_PREFIX, few))
                        .data(CHECKED, many.length, 2, entropyOf(EntropyList.FORM_PREFIX, many))
                        .end()
                        .bytes(),
                joinedTokens(one, same, few, many));
    }

    private static byte[] entropyOf(int form, int[] numbers) {
        byte[] list = entropy(numbers);
        assertThat(list[0]).isEqualTo((byte) form);
        return list;
    }

    private static void addStored(List<FrameVector> all) {
        StreamHeader header = StreamHeader.builder(VOCABULARY)
                .stored()
                .window(1000)
                .tokenizerFingerprint(new byte[] {1, 2, 3})
                .build();
        all.add(written("stored-empty", "a stored stream without tokens", header, BALANCED));
        int[][] documents = cut(likeText(12, 700), 150, 0, 1, 250);
        all.add(written(
                "stored",
                "a stored stream with a fingerprint, restarts, and a document for each flush, of which some are empty",
                header,
                HIGH.withRestartTokens(200),
                documents));
        HandMadeStream handMade = stored(VOCABULARY);
        int firstFrame = handMade.length();
        handMade.skippable(121, (byte) 1)
                .checkpoint()
                .data(RESTART, 2, StreamFormat.ENCODING_VARINT, varints(3, 4))
                .skippable(122)
                .checkpoint()
                .index(firstFrame + 8)
                .storedEnd(handMade.lastSpanBytes());
        all.add(new FrameVector(
                "stored-reserved", "by hand: a stored stream with frames that a reader skips", handMade.bytes(), 3, 4));
    }

    // ---- streams that every reader refuses

    static List<FrameVector> refused() {
        List<FrameVector> all = new ArrayList<>();
        refuseHeaders(all);
        refuseFrames(all);
        refuseChecks(all);
        refusePayloads(all);
        refuseLists(all);
        refuseStored(all);
        return all;
    }

    private static void refuse(List<FrameVector> all, String name, String what, HandMadeStream stream) {
        all.add(new FrameVector(name, what, stream.bytes()));
    }

    private static void refuseHeaders(List<FrameVector> all) {
        refuse(all, "magic", "3.1: other magic bytes", new HandMadeStream(0x54, 0x4C, 0x59, 0x81, 0, 3, 1, 1, 9).end());
        refuse(all, "version", "3.1: version 82", new HandMadeStream(0x54, 0x4C, 0x5A, 0x82, 0, 3, 1, 1, 9).end());
        refuse(
                all,
                "critical-flag",
                "3.1: flag bit 1 is reserved and critical",
                new HandMadeStream(2, vocabulary(9)).end());
        byte[] damaged = ofVocabulary(9).end().bytes();
        damaged[8] = 8;
        all.add(new FrameVector("header-check", "3: the header's check is wrong", damaged));
        refuse(all, "odd-field", "3.2: an unknown odd field", new HandMadeStream(0, vocabulary(9), field(9)).end());
        refuse(
                all,
                "fields-fall",
                "3.2: tags that don't rise",
                new HandMadeStream(0, vocabulary(9), window(5), field(2, (byte) 1)).end());
        refuse(all, "field-twice", "3.2: a tag twice", new HandMadeStream(0, vocabulary(9), field(4), field(4)).end());
        refuse(all, "no-vocabulary", "3.2: no vocabulary size", new HandMadeStream(0, window(5)).end());
        refuse(
                all,
                "vocabulary-0",
                "3.2: a vocabulary of no IDs",
                ofVocabulary(0).end());
        refuse(
                all,
                "vocabulary-trailing",
                "3.2: a byte behind the vocabulary size",
                new HandMadeStream(0, field(1, (byte) 9, (byte) 0)).end());
        refuse(
                all,
                "window-too-wide",
                "3.2: a window of more than 2^28 IDs",
                new HandMadeStream(0, vocabulary(9), window((1 << 28) + 1)).end());
        refuse(
                all,
                "fingerprint-empty",
                "3.2: a fingerprint of no bytes",
                new HandMadeStream(0, vocabulary(9), field(2)).end());
        refuse(
                all,
                "dictionary",
                "3.2: a dictionary that no reader holds",
                new HandMadeStream(0, vocabulary(9), field(7, (byte) 1)).end());
        byte[] name = "no-such-codec".getBytes(StandardCharsets.US_ASCII);
        refuse(
                all,
                "codec",
                "3.3: a codec that no reader has",
                new HandMadeStream(0, vocabulary(9), field(3, joined(varints(name.length), name))).end());
    }

    private static void refuseFrames(List<FrameVector> all) {
        refuse(
                all,
                "odd-parity",
                "4: a first byte with an odd number of ones",
                ofVocabulary(900).token(1, 5).end());
        refuse(
                all,
                "kind-104",
                "4: a reserved kind that must not be skipped",
                ofVocabulary(9).skippable(104).end());
        refuse(
                all,
                "token-too-large",
                "5: a single token that is no ID",
                ofVocabulary(9).token(0, 9).end());
        refuse(
                all,
                "long-token",
                "4.1: an ID in the longest form that a shorter one has room for",
                ofVocabulary(1 << 30).token(0xCF, 0xFF, 0xFF, 0x80, 0x01).end());
        refuse(
                all,
                "varint-too-long",
                "2: a varint in more bytes than it needs",
                ofVocabulary(9).token(0xC0, 0x81, 0x00, 0, 1, 5).end());
        refuse(
                all,
                "no-tokens",
                "4.2: a frame of no tokens",
                ofVocabulary(9).data(CHECKED, 0, 0).end());
        refuse(
                all,
                "unchecked-64",
                "4.2: an unchecked frame of 64 tokens",
                ofVocabulary(9).data(UNCHECKED, 64, 0, new byte[64]).end());
        refuse(
                all,
                "payload-too-large",
                "4.2: a payload of more than 5n+16 bytes",
                ofVocabulary(9).data(CHECKED, 1, 0, new byte[22]).end());
        refuse(
                all,
                "restart-in-span",
                "4.3: a restart behind a frame without a check",
                ofVocabulary(9).token(0, 5).data(RESTART, 1, 0, varints(1)).end());
    }

    private static HandMadeStream mostUnchecked() {
        HandMadeStream stream = ofVocabulary(9);
        for (int i = 0; i < 4; i++) {
            stream.data(UNCHECKED, 63, StreamFormat.ENCODING_VARINT, new byte[63]);
        }
        return stream.token(0, 0).token(0, 0).token(0, 0).token(0, 0);
    }

    private static void refuseChecks(List<FrameVector> all) {
        refuse(
                all,
                "check",
                "4.4: a wrong check",
                ofVocabulary(9).kind(CHECKED).put(1, 0, 1, 7, 1, 2, 3, 4).end());
        refuse(
                all,
                "checkpoint-first",
                "4.4: a checkpoint that begins its span",
                ofVocabulary(9).data(CHECKED, 1, 0, varints(1)).checkpoint().end());
        refuse(
                all,
                "unchecked-257",
                "4.4: 257 tokens without a check",
                mostUnchecked().token(0, 0).end());
        refuse(
                all,
                "total",
                "4.5: an end that states another number of tokens",
                ofVocabulary(9).token(0, 5).end(2));
        refuse(all, "no-end", "4.5: a stream without an end", ofVocabulary(9).data(CHECKED, 1, 0, varints(1)));
        byte[] whole = ofVocabulary(9).data(CHECKED, 1, 0, varints(1)).end().bytes();
        all.add(new FrameVector("cut", "4.5: a stream without its last byte", Arrays.copyOf(whole, whole.length - 1)));
    }

    private static FrameVector refusedPayload(String name, String what, int count, int encoding, byte... payload) {
        return new FrameVector(
                name,
                what,
                new HandMadeStream(0, vocabulary(300), window(1))
                        .data(CHECKED, 1, 0, varints(1))
                        .data(CHECKED, count, encoding, payload)
                        .end()
                        .bytes());
    }

    private static void refusePayloads(List<FrameVector> all) {
        all.add(refusedPayload("encoding-04", "5: an unknown list", 1, 0x04, varints(1)));
        all.add(refusedPayload("encoding-13", "5: sequences that are modelled", 2, 0x13, varints(1)));
        all.add(refusedPayload("encoding-20", "5: bit 5", 1, 0x20, varints(1)));
        all.add(refusedPayload("id-too-large", "5: an ID of I", 1, 0, varints(300)));
        all.add(refusedPayload(
                "payload-trailing", "5: a payload that is longer than what it holds", 1, 0, varints(1, 1)));
        all.add(refusedPayload("payload-short", "5: a payload that ends too early", 2, 0, varints(1)));
        all.add(refusedPayload("literals", "6: more literals than IDs", 2, SEQUENCES, varints(3, 0, 1, 1, 1)));
        all.add(refusedPayload(
                "matches", "6: more matches than half the IDs", 3, SEQUENCES, varints(0, 2, 0, 0, 0, 0, 0, 0)));
        all.add(refusedPayload("distance", "6: a distance past the window", 2, SEQUENCES, varints(0, 1, 0, 0, 4)));
        all.add(refusedPayload(
                "recent-distance", "6: a last distance past the window", 2, SEQUENCES, varints(0, 1, 0, 0, 1)));
        all.add(refusedPayload("runs", "6: runs that exceed the literals", 3, SEQUENCES, varints(1, 1, 7, 2, 0, 3)));
        all.add(refusedPayload("ids-missing", "6: fewer IDs than n", 4, SEQUENCES, varints(1, 1, 7, 1, 0, 3)));
        all.add(refusedPayload("ids-too-many", "6: more IDs than n", 4, SEQUENCES, varints(1, 1, 7, 1, 2, 3)));
        all.add(new FrameVector(
                "distance-past-restart",
                "6: a distance past the last restart",
                new HandMadeStream(0, vocabulary(300), window(9))
                        .data(CHECKED, 1, 0, varints(1))
                        .data(RESTART, 2, SEQUENCES, varints(0, 1, 0, 0, 3))
                        .end()
                        .bytes()));
        all.add(refusedPayload("model-trailing", "8.1: a byte that a decoder has not read", 1, 3, modelledAndZeros(7)));
        all.add(refusedPayload("model-id", "8.4: a literal of I or more", 1, 3, modelled(511)));
    }

    /** A token of a new model, and more zeros than its decoder reads ahead: four bytes at the start, one for each it uses up. */
    private static byte[] modelledAndZeros(int token) {
        return Arrays.copyOf(modelled(token), modelled(token).length + 5);
    }

    private static byte[] modelled(int token) {
        BitCoder coder = new BitCoder();
        coder.beginEncoding();
        new TokenModel(coder, 300).code(token);
        ByteSink coded = coder.finishEncoding();
        return Arrays.copyOf(coded.bytes, coded.length);
    }

    private static void refuseLists(List<FrameVector> all) {
        all.add(refusedPayload("packed-no-class", "7.2: a mask of no bits", 1, 1, varints(0, 0)));
        all.add(refusedPayload("packed-nine-classes", "7.2: a mask of nine bits", 1, 1, varints(0x1FF, 0)));
        all.add(refusedPayload(
                "packed-class", "7.2: a class that has no width", 1, 1, varints(0b111, 3, 0, 0, 0, 0, 0, 0, 0, 0)));
        all.add(refusedPayload("packed-short", "7.2: a list that ends behind the payload", 9, 1, varints(0b10, 1)));
        all.add(refusedPayload("entropy-form", "7.3: a form of 3", 1, 2, varints(3, 1, 1)));
        all.add(refusedPayload("code-of-15-bits", "7.3: a longest code of 15 bits", 2, 2, varints(2, 15, 2)));
        // form 2, codes of at most one bit, two of them; gaps 0 and 0, which are symbols 0 and 1, in one width of no
        // bits
        all.add(refusedPayload("code-incomplete", "7.3.2: one code of one bit", 2, 2, varints(2, 1, 1, 1, 1, 0)));
        all.add(refusedPayload(
                "code-too-full", "7.3.2: three codes of two bits and one of one", 2, 2, varints(2, 2, 1, 3, 1, 1, 0)));
        all.add(refusedPayload(
                "stream-long", "7.3.3: a stream with a byte too many", 2, 2, varints(2, 1, 2, 1, 2, 2, 0)));
        all.add(refusedPayload("stream-short", "7.3.3: a stream with a byte too few", 9, 2, varints(2, 1, 2, 1, 1, 2)));
        all.add(refusedPayload(
                "symbol",
                "7.3.2: a symbol of 2^31 + 32",
                2,
                2,
                // gaps 2^31 - 1 and 32: a mask of widths 6 and 31, the classes 1 and 0, the values
                joined(
                        varints(2, 1, 2),
                        new byte[] {(byte) 0xC0, (byte) 0x80, (byte) 0x80, (byte) 0x80, 8, 1},
                        new byte[] {-1, -1, -1, 0x7F, 0x10},
                        varints(1, 2))));
    }

    private static void refuseStored(List<FrameVector> all) {
        int first = stored(9).length();
        refuse(
                all,
                "stored-no-restart",
                "4.3: a stored stream that does not begin with a restart",
                whole(stored(9).data(CHECKED, 1, 0, varints(1)), first));
        refuse(
                all,
                "stored-unchecked",
                "9: an unchecked frame in a stored stream",
                whole(stored(9).data(RESTART, 1, 0, varints(1)).token(0, 1).checkpoint(), first));
        refuse(
                all,
                "stored-plain-end",
                "9: a stored stream without an index",
                stored(9).data(RESTART, 1, 0, varints(1)).end());
        refuse(
                all,
                "stored-no-index",
                "9: the end of a stored stream without an index",
                stored(9).data(RESTART, 1, 0, varints(1)).storedEnd(0));
        refuse(
                all,
                "two-indexes",
                "9: a second index",
                whole(stored(9).data(RESTART, 1, 0, varints(1)).index(first), first));
        refuse(
                all,
                "index-in-span",
                "9: an index that does not begin its span",
                whole(stored(9).data(RESTART, 1, 0, varints(1)).skippable(120), first));
        HandMadeStream between = stored(9).data(RESTART, 1, 0, varints(1)).index(first);
        int indexBytes = between.lastSpanBytes();
        refuse(
                all,
                "frame-behind-index",
                "9: a frame between index and end",
                between.skippable(120).checkpoint().storedEnd(indexBytes));
        refuse(
                all,
                "index-length",
                "9: an end that states another length of the index",
                stored(9).data(RESTART, 1, 0, varints(1)).index(first).storedEnd(indexBytes + 1));
        refuse(
                all,
                "index-not-stored",
                "1: an index in a stream that is not stored",
                whole(ofVocabulary(9).data(RESTART, 1, 0, varints(1)), first));
    }

    private static HandMadeStream whole(HandMadeStream stream, int firstFrame) {
        stream.index(firstFrame);
        return stream.storedEnd(stream.lastSpanBytes());
    }

    // ---- streams of a writer, and tokens

    /** Writes each part and flushes; in a stored stream a part is a document. */
    private static FrameVector written(
            String name, String what, StreamHeader header, FrameWriterOptions options, int[]... parts) {
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        BufferByteOutput output = new BufferByteOutput().wrap(bytes);
        try (FrameWriter writer = new FrameWriter(header, options)) {
            for (int[] part : parts) {
                writer.write(new ArrayTokenInput().wrap(part), output);
                writer.flush(output);
                if (header.stored()) {
                    writer.endDocument();
                }
            }
            assertThat(writer.finish(output)).isEqualTo(CoderStatus.DONE);
        }
        return new FrameVector(name, what, Arrays.copyOf(bytes.array(), bytes.position()), joinedTokens(parts));
    }

    private static int[] joinedTokens(int[]... parts) {
        return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
    }

    private static int[] followedBy(int[] tokens, int... more) {
        return joinedTokens(tokens, more);
    }

    private static int[] repeated(int count, int... pattern) {
        int[] tokens = new int[count];
        for (int i = 0; i < count; i++) {
            tokens[i] = pattern[i % pattern.length];
        }
        return tokens;
    }

    private static int[][] eachAlone(int... tokens) {
        return cut(tokens, 1);
    }

    /** Cuts tokens into parts of these lengths, again and again. */
    private static int[][] cut(int[] tokens, int... lengths) {
        List<int[]> parts = new ArrayList<>();
        for (int at = 0, i = 0; at < tokens.length; i++) {
            int length = Math.min(lengths[i % lengths.length], tokens.length - at);
            parts.add(Arrays.copyOfRange(tokens, at, at + length));
            at += length;
        }
        return parts.toArray(new int[0][]);
    }

    /** IDs of which small ones are frequent, and copies from near and far. */
    private static int[] likeText(int seed, int length) {
        Random random = new Random(seed);
        int[] tokens = new int[length];
        for (int i = 0; i < length; ) {
            int run = Math.min(1 + random.nextInt(12), length - i);
            int from = i > 40 && random.nextInt(3) > 0 ? random.nextInt(i - 12) : -1;
            for (int k = 0; k < run; k++, i++) {
                tokens[i] = from >= 0 ? tokens[from + k] : random.nextInt(VOCABULARY) >>> random.nextInt(17);
            }
        }
        return tokens;
    }

    /** IDs below 300, most of them small. */
    private static int[] fewIds(int seed, int length) {
        Random random = new Random(seed);
        int[] tokens = new int[length];
        for (int i = 0; i < length; i++) {
            tokens[i] =
                    i > 30 && random.nextInt(4) > 0 ? tokens[i - 29] : 299 >>> random.nextInt(1 + random.nextInt(9));
        }
        return tokens;
    }
}
