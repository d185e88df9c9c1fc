package io.tokenlz.frames;

import java.util.List;

/** The entries of a module, found by {@link java.util.ServiceLoader}: its tests try them all, and so may any other fuzzer. */
public interface FuzzEntries {
    /**
     * All of them.
     *
     * @return entries; making them is cheap
     */
    List<FuzzEntry> entries();
}
