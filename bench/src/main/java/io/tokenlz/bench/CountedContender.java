package io.tokenlz.bench;

import io.tokenlz.bench.Cut.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * A form whose bytes are counted and never written.
 *
 * @param name its name
 * @param cut what stands by itself
 * @param bytes of a piece
 */
record CountedContender(String name, Cut cut, ToLongFunction<Piece> bytes) implements WireContender {
    @Override
    public WireResult measure(List<TokenFile> files, WireTiming timing) {
        List<WireResult.Size> sizes = new ArrayList<>();
        for (TokenFile file : files) {
            long tokens = 0;
            long sum = 0;
            for (Piece piece : cut.pieces(file.ids())) {
                tokens += piece.count();
                sum += bytes.applyAsLong(piece);
            }
            sizes.add(new WireResult.Size(tokens, sum));
        }
        return new WireResult(name, sizes, 0, 0, null);
    }
}
