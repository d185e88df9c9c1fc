package io.tokenlz.cli;

/** A file of tokens that is read document after document. */
interface DocumentSource {
    /** Goes on to the next document, whose tokens {@link #read} gives; false behind the last one. */
    boolean nextDocument();

    /** Reads tokens of the present document; 0 at its end. */
    int read(int[] target);

    /** How far reading got, in bytes, for a progress bar. */
    long position();
}
