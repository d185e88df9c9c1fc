package io.tokenlz.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.core.TokenInput;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryKindTest {
    @Test
    void everyKindIsUsableHere() {
        assertThat(MemoryKind.values()).allMatch(MemoryKind::isUsable);
        assertThat(ByteMemoryKind.values()).allMatch(ByteMemoryKind::isUsable);
    }

    /** A codec's author need have neither Agrona nor Chronicle. */
    @Test
    void arraysAndBuffersAreUsableWithoutTheLibraries() throws IOException, ReflectiveOperationException {
        assertThat(usableWithoutTheLibraries(MemoryKind.class)).containsExactly("ARRAY");
        assertThat(usableWithoutTheLibraries(ByteMemoryKind.class)).containsExactly("HEAP_BUFFER", "DIRECT_BUFFER");
    }

    private static List<String> usableWithoutTheLibraries(Class<?> kinds)
            throws IOException, ReflectiveOperationException {
        URL[] kitAndCore = {location(kinds), location(TokenInput.class)};
        List<String> usable = new ArrayList<>();
        try (URLClassLoader loader = new URLClassLoader(kitAndCore, ClassLoader.getPlatformClassLoader())) {
            Class<?> loaded = Class.forName(kinds.getName(), true, loader);
            Method isUsable = loaded.getDeclaredMethod("isUsable");
            isUsable.setAccessible(true);
            for (Object kind : loaded.getEnumConstants()) {
                if ((boolean) isUsable.invoke(kind)) {
                    usable.add(kind.toString());
                }
            }
        }
        return usable;
    }

    private static URL location(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
