package io.tokenlz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class ExploreCommandTest extends InProcessCommandLine {
    @Test
    void itHasHelp() {
        assertThat(run("explore", "--help")).isZero();
        assertThat(printed)
                .contains("Usage: tokenlz explore")
                .contains("Examples")
                .contains("Ctrl-C");
        assertThat(run("--help")).isZero();
        assertThat(printed).contains("explore");
    }

    @Test
    void aBadPortIsOneClearLine() throws IOException {
        assertRefused("--port must be 0 to 65535, is 65536", "explore", "--port", "65536");
        assertRefused("--port must be", "explore", "--port=-1");
        assertRefused("--port", "explore", "--port", "http");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            String port = Integer.toString(taken.getLocalPort());
            assertRefused("--port " + port + ": cannot be listened on", "explore", "--port", port);
        }
    }
}
