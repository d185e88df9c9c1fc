package io.tokenlz.hypertokens.embedding;

/**
 * Whom a {@link DeviceTable} tells what became of its launches. From any thread, inside of a call too; returns at once, throws
 * nothing and allocates nothing.
 */
public interface LaunchListener {
    /**
     * A launch and all before it are done, and what they wrote is visible to whatever is launched or read from now on.
     *
     * @param launch its number
     */
    void done(long launch);

    /**
     * A launch failed, now or long after it was made: no row can be trusted any more.
     *
     * @param launch its number
     * @param cause what went wrong
     */
    void failed(long launch, Throwable cause);
}
