package io.tokenlz.frames;

import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * An entry point that takes what comes from outside, and all that a fuzzer has to know of it.
 *
 * @param name in file names too; inputs that showed a bug are for all entries with the same name up to the first hyphen
 * @param usualTries inputs of a run that was given no time
 * @param inputs makes what makes an input of a seed
 * @param check makes what is done with inputs, one after the other
 * @param repaired an input as it is, or with checksums that are right, so that a mutation gets to what is behind them; never changes
 *     what it is given
 */
public record FuzzEntry(
        String name,
        int usualTries,
        Supplier<? extends Function<Random, byte[]>> inputs,
        Supplier<? extends FuzzRun.Check> check,
        UnaryOperator<byte[]> repaired) {
    /**
     * Makes an entry whose inputs have no checksums.
     *
     * @param name as above
     * @param usualTries as above
     * @param inputs as above
     * @param check as above
     */
    public FuzzEntry(
            String name,
            int usualTries,
            Supplier<? extends Function<Random, byte[]>> inputs,
            Supplier<? extends FuzzRun.Check> check) {
        this(name, usualTries, inputs, check, UnaryOperator.identity());
    }

    @Override
    public String toString() {
        return name;
    }
}
