package io.tokenlz.bench;

import org.jspecify.annotations.Nullable;

/**
 * The tokens of one file.
 *
 * @param kind what kind of text it is; files of a kind are averaged
 * @param name the file's name
 * @param ids its tokens; only read
 * @param vocabularySize what the IDs are below
 * @param text the same in UTF-8, or null if that isn't known; only read
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record TokenFile(String kind, String name, int[] ids, int vocabularySize, byte @Nullable [] text) {}
