package io.tokenlz.bench;

import java.util.List;
import java.util.function.IntFunction;

/**
 * A contender that codes tokens and is timed.
 *
 * @param name its name
 * @param cut what it codes by itself
 * @param coders makes a coder for a size of the vocabulary
 */
record CodedContender(String name, Cut cut, IntFunction<WireCoder> coders) implements WireContender {
    @Override
    public WireResult measure(List<TokenFile> files, WireTiming timing) {
        try (WireCoder coder = coders.apply(files.get(0).vocabularySize())) {
            return new WireMeasurement(name, coder, cut, files).run(timing);
        }
    }
}
