package io.tokenlz.conformance;

import io.tokenlz.frames.FuzzEntry;
import io.tokenlz.frames.FuzzRun;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Whatever line comes in, it is answered; see {@link FuzzRun}. */
class JobLineFuzzTest {
    @Test
    void takesAnything() throws IOException {
        for (FuzzEntry entry : new JobLineFuzzEntries().entries()) {
            FuzzRun.run(entry);
        }
    }
}
