package io.tokenlz.cli.explore;

import java.util.List;

/** Follows a stream of a codec's IDs and tells what each of them means. For one stream; not thread-safe. */
public interface IdReading {
    /** What an ID is there for. */
    enum Role {
        /** A token of the vocabulary, as it is. */
        BASE,
        /** A hypertoken or meta-token, in place of several. */
        PHRASE,
        /** Part of a dictionary, delimiters included: it costs a token, and stands for none here. */
        DICTIONARY
    }

    /**
     * What an ID means.
     *
     * @param id the ID
     * @param role what it is there for
     * @param tokens the base tokens that it stands for here; of a {@link Role#DICTIONARY} one that isn't a base token, none
     */
    record Meaning(int id, Role role, List<Integer> tokens) {}

    /**
     * Something that IDs can stand for from now on.
     *
     * @param id the hypertoken or meta-token
     * @param tokens what it stands for
     */
    record Entry(int id, List<Integer> tokens) {}

    /** The next ID of a stream that our own encoder wrote. */
    Meaning next(int id);

    /** What has come to the codebook or the dictionary since this was asked last. */
    List<Entry> newEntries();

    /** Whether a new dictionary began since this was asked last, and what there was before is gone. */
    boolean isRenewed();
}
