package io.tokenlz.reactive;

import io.tokenlz.frames.FuzzEntry;
import io.tokenlz.frames.FuzzRun;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a stream of buffers or of text holds, operators do with it what a reader does; see {@link FuzzRun}. */
class ReactiveFuzzTest {
    static List<FuzzEntry> entries() {
        return new ReactiveFuzzEntries().entries();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void takesAnything(FuzzEntry entry) throws IOException {
        FuzzRun.run(entry);
    }
}
