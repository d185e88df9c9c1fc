package io.tokenlz.cli;

import io.tokenlz.bench.WindowMeasurement;
import io.tokenlz.metatokens.MetaTokenEffort;
import io.tokenlz.metatokens.MetaTokenForm;
import java.util.Locale;
import java.util.Map;

/**
 * What one way of looking for meta-tokens came to.
 *
 * @param effort how hard it looks
 * @param form where it may refer to what
 * @param removed share of tokens removed, 0 … 1: the mean of the files' shares, each of which is the mean of its windows'
 * @param byKind the same over the files of a kind
 * @param longerThanFlat on how many windows it is worse than the flat form at the same effort; 0 for the flat form
 * @param windows times, and whether all came back
 */
record MetaSearch(
        MetaTokenEffort effort,
        MetaTokenForm form,
        double removed,
        Map<String, Double> byKind,
        int longerThanFlat,
        WindowMeasurement.Result windows) {
    String label() {
        return effort + " " + form.name().toLowerCase(Locale.ROOT);
    }
}
