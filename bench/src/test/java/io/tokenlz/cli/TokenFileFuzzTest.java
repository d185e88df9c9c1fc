package io.tokenlz.cli;

import io.tokenlz.frames.FuzzEntry;
import io.tokenlz.frames.FuzzRun;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever lies in token files and their indexes, commands read it or refuse it; see {@link FuzzRun}. */
class TokenFileFuzzTest {
    static List<FuzzEntry> entries() {
        return new TokenFileFuzzEntries().entries();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void takesAnything(FuzzEntry entry) throws IOException {
        FuzzRun.run(entry);
    }
}
