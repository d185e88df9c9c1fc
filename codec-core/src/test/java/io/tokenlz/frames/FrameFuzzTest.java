package io.tokenlz.frames;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever bytes come in, readers end with tokens or a {@link MalformedFrameException} (FORMAT.md, sections 1 and 10). The same
 * few inputs each time, unless {@code -Dtokenlz.fuzz.seconds=N} asks for more ({@link FuzzRun}).
 */
class FrameFuzzTest {
    static List<FuzzEntry> entries() {
        return new FrameFuzzEntries().entries();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void takesAnything(FuzzEntry entry) throws IOException {
        FuzzRun.run(entry);
    }
}
