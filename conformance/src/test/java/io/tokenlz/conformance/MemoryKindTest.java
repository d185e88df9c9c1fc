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
    }

    /** A codec's author need have neither Agrona nor Chronicle. */
    @Test
    void arraysAreUsableWithoutTheLibraries() throws IOException, ReflectiveOperationException {
        URL[] kitAndCore = {location(MemoryKind.class), location(TokenInput.class)};
        List<String> usable = new ArrayList<>();
        try (URLClassLoader loader = new URLClassLoader(kitAndCore, ClassLoader.getPlatformClassLoader())) {
            Class<?> kinds = Class.forName(MemoryKind.class.getName(), true, loader);
            Method isUsable = kinds.getDeclaredMethod("isUsable");
            isUsable.setAccessible(true);
            for (Object kind : kinds.getEnumConstants()) {
                if ((boolean) isUsable.invoke(kind)) {
                    usable.add(kind.toString());
                }
            }
        }
        assertThat(usable).containsExactly("ARRAY");
    }

    private static URL location(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
