package io.tokenlz.hypertokens.embedding;

/**
 * What is a driver to other backends is the Java heap to the reference backend: it gives memory and takes launches. Between the
 * two, so that tests can let either fail.
 */
class HostDevice {
    float[] floats(int count) {
        return new float[count];
    }

    double[] doubles(int count) {
        return new double[count];
    }

    short[] shorts(int count) {
        return new short[count];
    }

    /** Before anything of a launch is computed. */
    void launching(long launch) {}

    /** Once all of it is visible. */
    void completed(long launch, LaunchListener listener) {
        listener.done(launch);
    }
}
