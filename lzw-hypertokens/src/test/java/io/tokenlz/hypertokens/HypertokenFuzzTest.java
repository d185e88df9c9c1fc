package io.tokenlz.hypertokens;

import io.tokenlz.frames.FuzzEntry;
import io.tokenlz.frames.FuzzRun;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever comes in, as IDs of a model or as bytes, ends with tokens or the exception that the Javadoc names; see {@link
 * FuzzRun}.
 */
class HypertokenFuzzTest {
    static List<FuzzEntry> entries() {
        return new HypertokenFuzzEntries().entries();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void takesAnything(FuzzEntry entry) throws IOException {
        FuzzRun.run(entry);
    }
}
