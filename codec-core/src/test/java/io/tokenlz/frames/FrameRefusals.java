package io.tokenlz.frames;

import static io.tokenlz.frames.StreamBuilder.varint;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** The streams of {@link FrameRefusalTest}, put together by hand from FORMAT.md, whose section each names. */
final class FrameRefusals {
    /** Where frames begin in a stream of {@link StreamBuilder#plain} with a vocabulary of one byte. */
    private static final int FIRST_FRAME = 13;

    /**
     * A stream that is refused.
     *
     * @param at byte where the refused frame begins
     * @param token tokens before it
     * @param taken bytes that say that it is refused
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Refusal(String section, byte[] stream, long at, long token, int taken, String expected, String found) {
        @Override
        public String toString() {
            return section + ": " + expected + ", " + found;
        }
    }

    private final List<Refusal> all = new ArrayList<>();

    /** A stream that is refused at its last byte. */
    private void add(String section, StreamBuilder stream, long at, long token, String expected, String found) {
        byte[] bytes = stream.bytes();
        all.add(new Refusal(section, bytes, at, token, bytes.length, expected, found));
    }

    private static StreamBuilder plain() {
        return StreamBuilder.plain(100);
    }

    private static byte[] bytes(int... values) {
        return new StreamBuilder().put(values).bytes();
    }

    static List<Refusal> all() {
        FrameRefusals made = new FrameRefusals();
        made.addHeaders();
        made.addFrames();
        made.addData();
        made.addUnchecked();
        made.addEnds();
        made.addStored();
        made.addPayloads();
        made.addSequences();
        made.addLists();
        return made.all;
    }

    private void addHeaders() {
        String magic = "the magic bytes 54 4C 5A";
        add("3.1", new StreamBuilder().put(0x55), 0, 0, magic, "byte 55 at 0");
        add("3.1", new StreamBuilder().put('T', 0xCC), 0, 0, magic, "byte CC at 1");
        add("3.1", new StreamBuilder().put('T', 'L', 0), 0, 0, magic, "byte 00 at 2");
        add("3.1", new StreamBuilder().put('T', 'L', 'Z', 0x80, 0), 0, 0, "version 129", "version 128");
        add("3.1", new StreamBuilder().put('T', 'L', 'Z', 0x82, 0), 0, 0, "version 129", "version 130");
        for (int flags : new int[] {0x02, 0x04, 0x08, 0x0F, 0xF2}) {
            StreamBuilder start = new StreamBuilder().put('T', 'L', 'Z', 0x81, flags);
            add("3.1", start, 0, 0, "flags that this version knows", "flags " + flags);
        }
        StreamBuilder large = new StreamBuilder().put('T', 'L', 'Z', 0x81, 0, 0x81, 0x80, 0x04);
        add("3", large, 0, 0, "a header of at most 65536 bytes", "65537");
        StreamBuilder long2 = new StreamBuilder().put('T', 'L', 'Z', 0x81, 0, 0x83, 0x00);
        add("2", long2, 0, 0, "a header of at most 65536 bytes", "a varint longer than needed");
        StreamBuilder wrong = new StreamBuilder().put('T', 'L', 'Z', 0x81, 0, 3, 1, 1, 9, 0, 0, 0, 0);
        add("3", wrong, 0, 0, "checksum " + sumOf(plainOf(9)), "00000000");
        addField(bytes(0, 0), "a header field above 0", "field 0");
        addField(bytes(1, 1, 9, 1, 1, 9), "a header field above 1", "field 1");
        addField(bytes(1, 1, 9, 6, 0, 4, 0), "a header field above 6", "field 4");
        addField(bytes(1, 1, 9, 9, 0), "header fields that this version knows", "the unknown field 9");
        addField(bytes(1, 1, 9, 255, 1, 0), "header fields that this version knows", "the unknown field 255");
        addField(bytes(2, 1, 9), "the vocabulary's size first", "field 2");
        addField(bytes(), "the vocabulary's size", "no such field");
        addField(bytes(1, 2, 9), "a field that ends inside the header", "2 bytes");
        addField(bytes(1, 1, 9, 2, 5, 1, 1, 1, 1), "a field that ends inside the header", "5 bytes");
        addField(bytes(1, 1, 9, 2, 6, 1, 1, 1, 1), "a field that ends inside the header", "6");
        addField(bytes(1), "a payload that goes on", "its end");
        addField(bytes(1, 0), "a payload that goes on", "its end");
        addField(bytes(1, 1, 0), "a vocabulary of at least 1, alone in its field", "0");
        addField(bytes(1, 2, 9, 9), "a vocabulary of at least 1, alone in its field", "9");
        byte[] vocabulary = {1, 1, 9};
        byte[] window = FrameDamageTest.joined(vocabulary, bytes(5, 5, 0x81, 0x80, 0x80, 0x80, 0x01));
        addField(window, "a window of at most 268435456", "268435457");
        addField(FrameDamageTest.joined(vocabulary, bytes(5, 1, 0)), "a window of at least 1, alone in its field", "0");
        String fingerprint = "a fingerprint of 1 to 32 bytes";
        addField(FrameDamageTest.joined(vocabulary, bytes(2, 0)), fingerprint, "0 bytes");
        addField(FrameDamageTest.joined(vocabulary, bytes(2, 33), new byte[33]), fingerprint, "33 bytes");
        addField(FrameDamageTest.joined(vocabulary, bytes(7, 0)), fingerprint, "0 bytes");
        addField(
                FrameDamageTest.joined(vocabulary, bytes(7, 2, 10, 255)),
                "a dictionary that this reader holds",
                "one of fingerprint 0aff");
        addField(FrameDamageTest.joined(vocabulary, bytes(3, 1, 0)), "a codec's name", "0 bytes of it");
        addField(FrameDamageTest.joined(vocabulary, bytes(3, 2, 2, 'x')), "a codec's name", "2 bytes of it");
        addField(
                FrameDamageTest.joined(vocabulary, bytes(3, 66, 65), new byte[65]), "a name of at most 64 bytes", "65");
    }

    private static StreamBuilder plainOf(int vocabulary) {
        return new StreamBuilder().header(0x81, 0, 1, varint(vocabulary));
    }

    /** The last four bytes, as a checksum is written in a message. */
    private static String sumOf(StreamBuilder stream) {
        byte[] bytes = stream.bytes();
        int sum = 0;
        for (int i = 1; i <= 4; i++) {
            sum = (sum << 8) | (bytes[bytes.length - i] & 0xFF);
        }
        return String.format("%08X", sum);
    }

    private void addField(byte[] fields, String expected, String found) {
        add("3.2", new StreamBuilder().header(0x81, 0, fields), 0, 0, expected, found);
    }

    private void addFrames() {
        add("4", plain().put(0x01), FIRST_FRAME, 0, "the first byte of a frame", "01");
        add("4", plain().put(0xFE), FIRST_FRAME, 0, "the first byte of a frame", "FE");
        add("4", plain().kind(105), FIRST_FRAME, 0, "a frame that this version knows", "kind 105");
        add("4", plain().kind(119), FIRST_FRAME, 0, "a frame that this version knows", "kind 119");
        StreamBuilder skippable = plain().kind(120).put(0x80, 0x80, 0x80, 0x80, 0x08);
        add("4", skippable, FIRST_FRAME, 0, "a length below 2^31", "2147483648");
        String id = "an ID below 100";
        add("4.1", plain().kind(0).put(100), FIRST_FRAME, 0, id, "ID 100");
        add("4.1", plain().kind(0).put(99).kind(1).put(2), FIRST_FRAME + 2, 1, id, "ID 258");
        add("4.1", plain().kind(64).put(0, 0), FIRST_FRAME, 0, id, "ID 16384");
        add("4.1", plain().kind(66).put(1, 3), FIRST_FRAME, 0, id, "ID 147715");
        StreamBuilder small = plain().kind(103).put(varint((1 << 14) + (1 << 21) - 1));
        add("4.1", small, FIRST_FRAME, 0, "an ID too large for a shorter frame", "ID 2113535");
        add("4.1", plain().kind(103).put(varint((1 << 14) + (1 << 21))), FIRST_FRAME, 0, id, "ID 2113536");
        add("4.1", plain().kind(103).put(0), FIRST_FRAME, 0, "an ID too large for a shorter frame", "ID 0");
        StreamBuilder beyond = plain().kind(103).put(0x80, 0x80, 0x80, 0x80, 0x08);
        add("4.1", beyond, FIRST_FRAME, 0, "an ID below 2^31", "2147483648");
        StreamBuilder endless = plain().kind(103).put(255, 255, 255, 255, 255, 255, 255, 255, 255);
        add("2", endless, FIRST_FRAME, 0, "an ID below 2^31", "a varint without an end");
    }

    private void addData() {
        add("4.2", plain().kind(97).put(0), FIRST_FRAME, 0, "at least one token in a frame", "none");
        String most = "at most 2^20 tokens in a frame";
        add("4.2", plain().kind(97).put(varint((1 << 20) + 1)), FIRST_FRAME, 0, most, "1048577");
        String encoding = "an encoding that this version knows";
        for (int unknown : new int[] {4, 0x0F, 0x13, 0x20, 0xFF}) {
            StreamBuilder head = plain().kind(97).put(1, unknown);
            add("5", head, FIRST_FRAME, 0, encoding, String.format("encoding %02X", unknown));
        }
        add("4.2", plain().kind(97).put(1, 0, 22), FIRST_FRAME, 0, "a payload of at most 21 bytes", "22");
        StreamBuilder largest = plain().kind(97).put(varint(1 << 20)).put(0).put(varint((5 << 20) + 17));
        add("4.2", largest, FIRST_FRAME, 0, "a payload of at most 5242896 bytes", "5242897");
        add("4.2", plain().kind(96).put(64, 0, 16), FIRST_FRAME, 0, "fewer than 64 tokens in an unchecked frame", "64");
        StreamBuilder wrong = plain().data(97, 1, 0, bytes(5)).check(1);
        add(
                "4.2",
                wrong,
                FIRST_FRAME,
                0,
                "checksum " + sumOf(plain().data(97, 1, 0, bytes(5)).check(0)),
                sumOf(wrong));
        StreamBuilder restart = plain().kind(0).put(5).kind(98).put(1, 0, 1);
        add("4.3", restart, FIRST_FRAME + 2, 1, "a check before a restart", "frames without one");
    }

    private void addUnchecked() {
        add("4.4", plain().kind(99).little(0, 4), FIRST_FRAME, 0, "frames before a checkpoint", "none");
        StreamBuilder wrong = plain().kind(0).put(5).kind(99).little(0, 4);
        String right = sumOf(plain().kind(0).put(5).kind(99).check(0));
        add("4.4", wrong, FIRST_FRAME + 2, 1, "checksum " + right, "00000000");
        String within = "a checkpoint within 256 tokens";
        StreamBuilder tokens = plain();
        for (int i = 0; i < 256; i++) {
            tokens.kind(0).put(5);
        }
        byte[] most = tokens.bytes();
        int end = FIRST_FRAME + 512;
        add("4.4", new StreamBuilder().put(most).kind(0).put(5), end, 256, within, "257 tokens without");
        StreamBuilder small = new StreamBuilder().put(most).kind(96).put(2, 0, 2);
        add("4.4", small, end, 256, within, "258 tokens without");
        StreamBuilder frames = plain();
        for (int i = 0; i < 4; i++) {
            frames.data(96, 63, 0, new byte[63]);
        }
        add("4.4", frames.kind(96).put(5, 0, 5), FIRST_FRAME + 4 * 67, 252, within, "257 tokens without");
    }

    private void addEnds() {
        StreamBuilder two = plain().kind(0).put(5).kind(100).put(2).check(0);
        add("4.5", two, FIRST_FRAME + 2, 1, "a total of 1 tokens", "2");
        StreamBuilder none = plain().kind(100).put(1).check(0);
        add("4.5", none, FIRST_FRAME, 0, "a total of 0 tokens", "1");
        StreamBuilder wrong = plain().kind(100).put(0).little(0, 4);
        add(
                "4.5",
                wrong,
                FIRST_FRAME,
                0,
                "checksum " + sumOf(plain().kind(100).put(0).check(0)),
                "00000000");
        StreamBuilder endless = plain().kind(100).put(128, 128, 128, 128, 128, 128, 128, 128, 128);
        add("4.5", endless, FIRST_FRAME, 0, "a number of tokens", "a varint without an end");
    }

    private static StreamBuilder stored() {
        return new StreamBuilder().header(0x81, 1, 1, varint(100));
    }

    private void addStored() {
        String index = "one index, of a stored stream";
        add("9", plain().kind(101).put(5), FIRST_FRAME, 0, index, "one where none is due");
        String checked = "checked frames in a stored stream";
        add("9", stored().kind(0), FIRST_FRAME, 0, checked, "an unchecked one");
        add("9", stored().kind(95), FIRST_FRAME, 0, checked, "an unchecked one");
        add("9", stored().kind(96), FIRST_FRAME, 0, checked, "an unchecked one");
        add("9", stored().kind(103), FIRST_FRAME, 0, checked, "an unchecked one");
        String end = "an index and the end of a stored stream";
        add("9", stored().kind(104), FIRST_FRAME, 0, end, "the last data of one that isn't");
        add("9", stored().kind(100), FIRST_FRAME, 0, end, "the end of one that isn't");
        add("4.3", stored().kind(97), FIRST_FRAME, 0, "a restart", "data without one");
        StreamBuilder data = stored().data(98, 1, 0, bytes(5)).check(0);
        int frameEnd = FIRST_FRAME + 9;
        assertThat(data.bytes()).hasSize(frameEnd);
        byte[] indexed = data.kind(101).put(1, 7).check(1).bytes();
        String behind = "the end behind the index";
        add("9", new StreamBuilder().put(indexed).kind(101), frameEnd + 7, 1, behind, "kind 101");
        add("9", new StreamBuilder().put(indexed).kind(120), frameEnd + 7, 1, behind, "kind 120");
        add("9", new StreamBuilder().put(indexed).kind(98), frameEnd + 7, 1, behind, "kind 98");
        StreamBuilder longer = storedEnd(1, 8);
        add("9", longer, frameEnd + 7, 1, "an index of 8 bytes before the end", "7 bytes");
        add("9", storedEnd(1, 6), frameEnd + 7, 1, "an index of 6 bytes before the end", "7 bytes");
        StreamBuilder huge = storedEnd(1, 0xFFFF_FFFFL);
        add("9", huge, frameEnd + 7, 1, "an index of 4294967295 bytes before the end", "7 bytes");
        add("9", storedEnd(2, 7), frameEnd + 7, 1, "a total of 1 tokens", "2");
        StreamBuilder damagedEnd = new StreamBuilder()
                .put(indexed)
                .kind(102)
                .little(1, 8)
                .little(7, 4)
                .little(0, 4);
        add("9", damagedEnd, frameEnd + 7, 1, "checksum " + sumOf(storedEnd(1, 7)), "00000000");
        StreamBuilder damagedIndex = stored().data(98, 1, 0, bytes(5)).check(0);
        damagedIndex.kind(101).put(1, 7).little(0, 4);
        add("9", damagedIndex, frameEnd, 1, "checksum " + sumOf(new StreamBuilder().put(indexed)), "00000000");
        StreamBuilder none = stored().data(98, 1, 0, bytes(5)).check(0);
        none.kind(102).little(1, 8).little(0, 4).check(1);
        add("9", none, frameEnd, 1, "an index of 0 bytes before the end", "0 bytes");
        StreamBuilder inSpan =
                stored().data(98, 1, 0, bytes(5)).check(0).kind(120).put(0);
        add("9", inSpan.kind(101).put(9), frameEnd + 2, 1, "a check before an index", "frames without one");
        StreamBuilder endInSpan =
                stored().kind(120).put(0).kind(102).little(0, 8).little(0, 4).little(0, 4);
        add("9", endInSpan, FIRST_FRAME + 2, 0, "a check before a stored end", "frames without one");
    }

    /** A stored stream of a token and an index of seven bytes, with an end that says this. */
    private static StreamBuilder storedEnd(long tokens, long indexBytes) {
        StreamBuilder stream = stored().data(98, 1, 0, bytes(5)).check(0);
        stream.kind(101).put(1, 7).check(1);
        return stream.kind(102).little(tokens, 8).little(indexBytes, 4).check(1);
    }

    /** A payload of a checked frame that follows on the tokens 1 and 2, in a stream with a window of 9. */
    private void addPayload(String section, int count, int encoding, String expected, String found, int... payload) {
        StreamBuilder stream = new StreamBuilder().header(0x81, 0, bytes(1, 1, 100, 5, 1, 9));
        stream.kind(0).put(1).kind(0).put(2).holding(2);
        int at = stream.bytes().length;
        add(section, stream.data(97, count, encoding, bytes(payload)).check(0), at, 2, expected, found);
    }

    private void addPayloads() {
        addPayload("5", 1, 0, "IDs below 100", "ID 100", 100);
        addPayload("5", 3, 0, "IDs below 100", "ID 112", 5, 112, 101);
        addPayload("5", 1, 0, "the payload's end", "1 bytes more", 5, 5);
        addPayload("5", 2, 0, "the payload's end", "3 bytes more", 5, 5, 5, 5, 5);
        addPayload("5", 2, 0, "a payload that goes on", "its end", 5);
        addPayload("5", 1, 0, "a payload that goes on", "its end", 0x85);
        addPayload("2", 1, 0, "a number below 2^31", "a varint longer than needed", 0x85, 0);
        addPayload("2", 1, 0, "a number below 2^31", "2147483648", 0x80, 0x80, 0x80, 0x80, 0x08);
        addPayload(
                "2",
                1,
                0,
                "a number below 2^31",
                "a varint without an end",
                255,
                255,
                255,
                255,
                255,
                255,
                255,
                255,
                255);
        addPayload("8.1", 1, 3, "the payload's end", "bytes more", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    private void addSequences() {
        addPayload("6", 2, 0x10, "at most 2 literals", "3", 3);
        addPayload("6", 5, 0x10, "at most 2 matches", "3", 1, 3);
        addPayload("6", 2, 0x10, "IDs below 100", "ID 101", 2, 0, 100, 101);
        addPayload("6", 4, 0x10, "at most 1 literals", "2 in a run", 1, 1, 7, 2, 0, 3);
        addPayload("6", 3, 0x10, "a match of at most 2", "one of 3", 1, 1, 7, 1, 1, 3);
        addPayload("6", 2, 0x10, "a match of at most 2", "one of 2147483649", 0, 1, 0, 255, 255, 255, 255, 7, 3);
        addPayload("6", 2, 0x10, "a distance of at most 2", "distance 3", 0, 1, 0, 0, 5);
        addPayload("6", 2, 0x10, "a distance of at most 2", "distance 3", 0, 1, 0, 0, 2);
        addPayload(
                "6", 3, 0x10, "a distance of at most 3", "distance 2147483645", 1, 1, 7, 1, 0, 255, 255, 255, 255, 7);
        addPayload("6", 4, 0x10, "1 literals behind the last match", "0", 1, 1, 7, 1, 0, 3);
        addPayload("6", 4, 0x10, "1 literals behind the last match", "2", 3, 1, 7, 7, 7, 1, 0, 3);
        addPayload("6", 5, 0x10, "at most 3 literals", "4 in a run", 3, 1, 7, 7, 7, 4, 0, 3);
        // as many literals as are left, but not as many IDs; and then just these, and none for the match
        addPayload("6", 4, 0x10, "at most 3 literals", "3 in a run", 3, 2, 7, 7, 7, 0, 3, 0, 0, 3, 3);
        addPayload("6", 4, 0x10, "a match of at most 0", "one of 2", 2, 2, 7, 7, 0, 2, 0, 0, 3, 3);
        addPayload("6", 5, 0x10, "at most 1 literals", "2 in a run", 2, 2, 7, 7, 1, 2, 0, 0, 3, 3);
    }

    private void addLists() {
        addPayload("7.2", 1, 1, "one to eight widths", "0 widths", 0);
        addPayload("7.2", 1, 1, "one to eight widths", "9 widths", 0xFF, 0x03, 0, 0);
        addPayload("7.2", 1, 1, "a mask of widths", "4294967296", 0x80, 0x80, 0x80, 0x80, 0x10);
        addPayload("7.2", 9, 1, "the classes of 9 numbers", "the payload's end", 0b11, 0);
        addPayload("7.2", 9, 1, "a list of 9 numbers", "the payload's end", 0b10, 0);
        addPayload("7.2", 1, 1, "a list of 1 numbers", "the payload's end", 0b10);
        addPayload("7.2", 2, 1, "a class with a width", "one without", 0b111, 0b11, 0, 0, 0, 0, 0, 0, 0, 0);
        addPayload("7.3", 1, 2, "a form of 0 to 2", "form 3", 3);
        addPayload("7.3", 1, 2, "a longest code of 1 to 14 bits", "0 bits", 2, 0);
        addPayload("7.3", 1, 2, "a longest code of 1 to 14 bits", "15 bits", 2, 15);
        addPayload("7.3", 1, 2, "at most 2^1 codes of that length", "3", 2, 1, 3);
        addPayload("7.3", 1, 2, "at most 2^2 codes of that length", "5", 2, 2, 0, 5);
        addPayload("7.3.2", 1, 2, "a complete prefix code", "one with too many codes", 2, 2, 1, 3);
        addPayload("7.3.2", 1, 2, "a complete prefix code", "one with codes missing", 2, 2, 1, 1);
        addPayload("7.3.2", 1, 2, "a complete prefix code", "one with codes missing", 2, 1, 0);
        // two symbols, of one bit each: gaps 0 and 0 in a class of no bits
        addPayload("7.3", 2, 2, "a bit stream of 2 bytes", "the payload's end", 2, 1, 2, 1, 2, 0);
        addPayload(
                "7.3.3", 2, 2, "a bit stream that ends with its last number", "one that doesn't", 2, 1, 2, 1, 2, 0, 0);
        addPayload("7.3.3", 9, 2, "a list of 9 numbers", "a bit stream's end", 2, 1, 2, 1, 1, 0);
        addPayload(
                "7.3.2",
                1,
                2,
                "a number below 2^31",
                "2147483648",
                2,
                1,
                2,
                0xC0,
                0x80,
                0x80,
                0x80,
                8,
                1,
                255,
                255,
                255,
                127,
                16,
                1,
                0);
    }
}
