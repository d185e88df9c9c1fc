package io.tokenlz.hypertokens.embedding;

import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeSet;

/**
 * A kind of device that tables can be on, found by {@link ServiceLoader}. {@code reference} is always there: plain Java, in one
 * defined order, the truth for all others. Thread-safe.
 */
public interface EmbeddingBackend {
    /**
     * What users call it.
     *
     * @return a name, such as {@code reference}
     */
    String name();

    /**
     * Allocates a table's memory and loads what the encoders need.
     *
     * @param layout the table's sizes
     * @param encoders the input side's and, unless one table serves both, the output side's; their sizes are the layout's
     * @param listener whom to tell what became of launches
     * @return the device's part of a table
     * @throws IllegalArgumentException if it can't have such a table
     * @throws RuntimeException if memory or device can't be had; nothing stays allocated then
     */
    DeviceTable open(TableLayout layout, List<HyperEncoder> encoders, LaunchListener listener);

    /**
     * Finds a backend on the class path.
     *
     * @param name its name
     * @return the backend
     * @throws IllegalArgumentException if there is none of that name
     */
    static EmbeddingBackend named(String name) {
        TreeSet<String> names = new TreeSet<>();
        for (EmbeddingBackend backend :
                ServiceLoader.load(EmbeddingBackend.class, EmbeddingBackend.class.getClassLoader())) {
            if (backend.name().equals(name)) {
                return backend;
            }
            names.add(backend.name());
        }
        throw new IllegalArgumentException("no backend " + name + " among " + names);
    }
}
