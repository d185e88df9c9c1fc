package io.tokenlz.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A general compressor on the text that the tokens were made of, where that is known. Not timed: it says nothing of tokens.
 *
 * @param name its name
 * @param compressors makes a compressor
 */
record TextContender(String name, Supplier<RivalCompressor> compressors) implements WireContender {
    private static final int MOST_MORE_BYTES = 4096;

    @Override
    public WireResult measure(List<TokenFile> files, WireTiming timing) {
        List<WireResult.Size> sizes = new ArrayList<>();
        String difference = null;
        try (RivalCompressor compressor = compressors.get()) {
            for (TokenFile file : files) {
                byte @Nullable [] text = file.text();
                if (text == null) {
                    // a mean over some of the files would be compared with means over all of them
                    return new WireResult(name, List.of(), 0, 0, null);
                }
                byte[] compressed = new byte[text.length + text.length / 64 + MOST_MORE_BYTES];
                int end = compressor.compress(text, text.length, compressed, 0);
                byte[] again = new byte[text.length];
                if (compressor.decompress(compressed, 0, end, again) != text.length || !Arrays.equals(text, again)) {
                    difference = file.name() + " as text";
                }
                sizes.add(new WireResult.Size(file.ids().length, end));
            }
        }
        return new WireResult(name, sizes, 0, 0, difference);
    }
}
