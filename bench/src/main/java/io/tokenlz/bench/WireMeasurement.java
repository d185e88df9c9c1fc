package io.tokenlz.bench;

import io.tokenlz.bench.Cut.Piece;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs one coder over the pieces of some files, compares what comes back, and times both directions. A pass goes over all
 * files; all buffers are made before the first one.
 */
final class WireMeasurement {
    /** Room for what no plain form needs: heads, checks, ends. */
    private static final int MOST_BYTES_PER_TOKEN = 8;

    private static final int MOST_BYTES_PER_PIECE = 1024;

    private final String contender;
    private final WireCoder coder;
    private final List<TokenFile> files;
    private final Piece[][] pieces;

    /** End in {@link #encoded} of each file's each piece. */
    private final int[][] ends;

    private final ByteBuffer encoded;
    private final int[] decoded;
    private boolean allDecoded;

    WireMeasurement(String contender, WireCoder coder, Cut cut, List<TokenFile> files) {
        this.contender = contender;
        this.coder = coder;
        this.files = files;
        this.pieces = files.stream().map(file -> cut.pieces(file.ids())).toArray(Piece[][]::new);
        this.ends = Arrays.stream(pieces).map(ofFile -> new int[ofFile.length]).toArray(int[][]::new);
        int count = Arrays.stream(pieces).mapToInt(ofFile -> ofFile.length).sum();
        int tokens = Math.toIntExact(
                Arrays.stream(pieces).mapToLong(WireMeasurement::tokens).sum());
        long room = (long) tokens * MOST_BYTES_PER_TOKEN + (long) count * MOST_BYTES_PER_PIECE;
        this.encoded = ByteBuffer.allocate(Math.toIntExact(room));
        this.decoded = new int[tokens];
    }

    private static long tokens(Piece[] ofFile) {
        return Arrays.stream(ofFile).mapToLong(Piece::count).sum();
    }

    WireResult run(WireTiming timing) {
        double encodeSeconds = FastestPass.once(this::encodeAll);
        Arrays.fill(decoded, -1);
        double decodeSeconds = FastestPass.once(this::decodeAll);
        String difference = difference();
        if (difference != null || timing.seconds() <= 0) {
            return new WireResult(contender, sizes(), 0, 0, difference);
        }
        if (!timing.firstPass()) {
            encodeSeconds = FastestPass.seconds(this::encodeAll, timing.seconds());
            decodeSeconds = FastestPass.seconds(this::decodeAll, timing.seconds());
        }
        return new WireResult(contender, sizes(), encodeSeconds, decodeSeconds, null);
    }

    /** A pass; bytes of all pieces. */
    int encodeAll() {
        encoded.clear();
        for (int file = 0; file < pieces.length; file++) {
            for (int i = 0; i < pieces[file].length; i++) {
                Piece piece = pieces[file][i];
                coder.encode(piece.tokens(), piece.from(), piece.count(), encoded);
                ends[file][i] = encoded.position();
            }
        }
        return encoded.position();
    }

    /** A pass over what {@link #encodeAll} left; tokens of all pieces. */
    int decodeAll() {
        allDecoded = true;
        encoded.clear();
        int to = 0;
        for (int file = 0; file < pieces.length; file++) {
            for (int i = 0; i < pieces[file].length; i++) {
                int count = pieces[file][i].count();
                encoded.limit(ends[file][i]);
                allDecoded &= coder.decode(encoded, decoded, to, count) == count;
                encoded.position(ends[file][i]);
                to += count;
            }
        }
        return to;
    }

    /** The first token that did not come back, or null. */
    private @Nullable String difference() {
        int to = 0;
        for (int file = 0; file < pieces.length; file++) {
            for (Piece piece : pieces[file]) {
                int end = piece.from() + piece.count();
                int mismatch = Arrays.mismatch(piece.tokens(), piece.from(), end, decoded, to, to + piece.count());
                if (mismatch >= 0) {
                    return files.get(file).name() + " from token " + (piece.from() + mismatch);
                }
                to += piece.count();
            }
        }
        return allDecoded ? null : "the end of a piece";
    }

    private List<WireResult.Size> sizes() {
        List<WireResult.Size> sizes = new ArrayList<>();
        int start = 0;
        for (int file = 0; file < pieces.length; file++) {
            int end = ends[file][ends[file].length - 1];
            sizes.add(new WireResult.Size(tokens(pieces[file]), end - start));
            start = end;
        }
        return sizes;
    }
}
