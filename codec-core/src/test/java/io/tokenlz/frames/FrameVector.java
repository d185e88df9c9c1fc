package io.tokenlz.frames;

/**
 * A stream that any reader can be tested with.
 *
 * @param name of its files
 * @param what it is there for, in a line
 * @param bytes the stream
 * @param tokens what it stands for; none if a reader must refuse it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FrameVector(String name, String what, byte[] bytes, int... tokens) {
    @Override
    public String toString() {
        return name;
    }
}
