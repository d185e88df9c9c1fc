package io.tokenlz.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.bench.Cut.Piece;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireMeasurementTest {
    private static final int[] EDGES = {
        0, 1, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152, 268_435_455, 268_435_456, Integer.MAX_VALUE
    };

    private static TokenFile file(int... ids) {
        return new TokenFile("kind", "name", ids, Integer.MAX_VALUE, null);
    }

    @ParameterizedTest
    @EnumSource
    void plainFormsHoldEveryToken(TokenBytes form) {
        byte[] bytes = new byte[1 + EDGES.length * TokenBytes.MOST_BYTES];
        int end = form.write(EDGES, 0, EDGES.length, bytes, 1);
        int[] again = new int[EDGES.length];
        assertThat(form.read(bytes, 1, end, again, 0)).isEqualTo(EDGES.length);
        assertThat(again).isEqualTo(EDGES);
        if (form == TokenBytes.VARINTS) {
            assertThat(TokenBytes.varintBytes(EDGES, 0, EDGES.length)).isEqualTo(end - 1);
        }
        assertThat(TokenBytes.jsonBytes(new int[] {9, 10, 200}, 0, 3)).isEqualTo("[9,10,200]".length());
    }

    @ParameterizedTest
    @EnumSource
    void piecesLieInsideTheFile(Cut cut) {
        for (int length : new int[] {1, 511, 512, 513, 1023, 51_200, 131_071, 131_072, 131_073, 300_000}) {
            Piece[] pieces = cut.pieces(new int[length]);
            assertThat(pieces).isNotEmpty();
            int end = 0;
            for (Piece piece : pieces) {
                assertThat(piece.from()).isGreaterThanOrEqualTo(end);
                assertThat(piece.count()).isPositive();
                end = piece.from() + piece.count();
            }
            assertThat(end).isLessThanOrEqualTo(length);
            if (cut == Cut.BLOCKS || cut == Cut.WHOLE) {
                assertThat(end).isEqualTo(length);
            }
        }
        assertThat(Cut.MESSAGES.pieces(new int[300_000])).hasSize(100);
    }

    @ParameterizedTest
    @EnumSource
    void everyContenderBringsEverythingBack(WireScenario scenario) {
        int[] code =
                IntStream.range(0, 70_000).map(i -> i * 7 % 1009 * (i % 31)).toArray();
        int[] random = new Random(7).ints(900, 0, 40_000).toArray();
        byte[] text = "what it says".getBytes(StandardCharsets.UTF_8);
        List<TokenFile> files =
                List.of(new TokenFile("k", "a", code, 40_000, text), new TokenFile("k", "b", random, 40_000, text));
        for (WireContender contender : scenario.contenders()) {
            WireResult result = contender.measure(files, scenario.timing(0.001));
            assertThat(result.difference()).as(contender.name()).isNull();
            assertThat(result.files()).hasSize(2);
            assertThat(result.bytesPerToken()).isPositive().isLessThan(8);
        }
        assertThat(scenario.contenders())
                .extracting(WireContender::name)
                .contains(WireScenario.OURS, scenario.rival(), scenario.timedRival());
    }

    /** Around the rivals' blocks of 128, 256 and 65,536 numbers, among them the largest. */
    @ParameterizedTest
    @ValueSource(ints = {1, 127, 128, 129, 255, 256, 257, 65_535, 65_536, 65_537})
    void rivalsBringPiecesOfAnyLengthBack(int length) {
        int[] ids = IntStream.range(0, length).map(i -> EDGES[i % EDGES.length]).toArray();
        for (WireCoder rival : List.of(
                RivalCoder.zstd(3, TokenBytes.VARINTS),
                RivalCoder.lz4(TokenBytes.VARINTS),
                RivalCoder.snappy(TokenBytes.VARINTS),
                RivalCoder.deflate(6, TokenBytes.VARINTS),
                RivalCoder.xz(0, TokenBytes.INT32),
                new FastPforCoder())) {
            try (rival) {
                // behind another piece, and again in the same buffers
                WireResult result =
                        new WireMeasurement("x", rival, Cut.WHOLE, List.of(file(7), file(ids))).run(WireTiming.NONE);
                assertThat(result.difference()).as(rival.toString()).isNull();
            }
        }
    }

    @Test
    void aWrongTokenIsFound() {
        WireCoder forgetful = new ChangedCoder(RivalCoder.plain(TokenBytes.VARINTS)) {
            @Override
            public int decode(ByteBuffer source, int[] target, int to, int most) {
                int count = super.decode(source, target, to, most);
                target[to + 1] = 99;
                return count;
            }
        };
        WireResult result = new WireMeasurement("x", forgetful, Cut.WHOLE, List.of(file(5, 6, 7)))
                .run(new WireTiming(0.001, false));
        assertThat(result.difference()).isEqualTo("name from token 1");
        assertThat(result.encodeRate()).isNaN();
    }

    @Test
    void aPieceThatFailsAfterItsLastTokenIsFound() {
        WireCoder broken = new ChangedCoder(RivalCoder.plain(TokenBytes.INT32)) {
            @Override
            public int decode(ByteBuffer source, int[] target, int to, int most) {
                super.decode(source, target, to, most);
                return NOT_DECODED;
            }
        };
        WireResult result = new WireMeasurement("x", broken, Cut.WHOLE, List.of(file(5, 6, 7))).run(WireTiming.NONE);
        assertThat(result.difference()).isEqualTo("the end of a piece");
    }

    @Test
    void whatHasNoTextIsNotComparedByIt() {
        WireResult result =
                new TextContender("text", () -> new ZstdCompressor(3)).measure(List.of(file(1)), WireTiming.NONE);
        assertThat(result.files()).isEmpty();
        assertThat(result.bytesPerToken()).isNaN();
        assertThat(result.exact()).isTrue();
    }

    /** A coder of which a test changes something. */
    private static class ChangedCoder implements WireCoder {
        private final WireCoder coder;

        ChangedCoder(WireCoder coder) {
            this.coder = coder;
        }

        @Override
        public void encode(int[] tokens, int from, int count, ByteBuffer target) {
            coder.encode(tokens, from, count, target);
        }

        @Override
        public int decode(ByteBuffer source, int[] target, int to, int most) {
            return coder.decode(source, target, to, most);
        }

        @Override
        public void close() {
            coder.close();
        }
    }
}
