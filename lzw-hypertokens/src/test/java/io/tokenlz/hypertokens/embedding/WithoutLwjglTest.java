package io.tokenlz.hypertokens.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.core.TokenCoder;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** LWJGL is an optional dependency: without it all but the backend that needs it works. */
class WithoutLwjglTest {
    private static URL location(Class<?> type) {
        return Objects.requireNonNull(type.getProtectionDomain().getCodeSource().getLocation());
    }

    /** Opens a table of a backend and closes it, by classes of a loader. */
    private static void open(ClassLoader loader, String backend) throws ReflectiveOperationException {
        Class<?> test = loader.loadClass(OpenedTable.class.getName());
        Method open = test.getDeclaredMethod("open", String.class);
        open.setAccessible(true);
        open.invoke(null, backend);
    }

    @Test
    void onlyTheBackendThatNeedsItFails() throws IOException, ReflectiveOperationException {
        URL[] classes = {location(TokenCoder.class), location(HyperEncoder.class), location(WithoutLwjglTest.class)};
        try (URLClassLoader loader = new URLClassLoader(classes, ClassLoader.getPlatformClassLoader())) {
            open(loader, "reference");
            Throwable failure = null;
            try {
                open(loader, "opencl");
            } catch (InvocationTargetException thrown) {
                failure = thrown.getCause();
            }
            assertThat(failure).isNotNull();
            assertThat(Objects.requireNonNull(failure).getClass().getName())
                    .isEqualTo(EmbeddingTableFailedException.class.getName());
            assertThat(failure).hasMessageContaining("needs org.lwjgl:lwjgl, its natives and org.lwjgl:lwjgl-opencl");
        }
    }

    /** What is done with classes of the other loader. */
    static final class OpenedTable {
        private OpenedTable() {}

        static void open(String backend) {
            HyperEncoder encoder = HyperEncoder.mean(Tensor.of(new float[6], 3, 2), 0, 2);
            EmbeddingTable.builder(encoder)
                    .backend(EmbeddingBackend.named(backend))
                    .open()
                    .close();
        }
    }
}
