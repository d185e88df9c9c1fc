package io.tokenlz.cli;

import io.tokenlz.metatokens.MetaTokenConfig;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which IDs meta-tokens take, and which they leave alone. */
class ReservedOptions {
    @Option(
            names = "--delimiters",
            paramLabel = "START,END",
            description = "IDs around a dictionary; default: right above the vocabulary")
    private @Nullable String delimiters;

    @Option(
            names = "--pool",
            paramLabel = "ID-ID",
            split = ",",
            description = "meta-tokens; default: the 1024 IDs from N+2 on, or as many as the dictionary has entries")
    private List<String> pool = new ArrayList<>();

    @Option(
            names = "--protect",
            paramLabel = "ID[-ID]",
            split = ",",
            description =
                    "IDs that no entry and no replaced run may hold, single or from-to: special tokens, ends of messages,"
                            + " digits")
    private List<String> protectedIds = new ArrayList<>();

    boolean hasPool() {
        return !pool.isEmpty();
    }

    void addTo(MetaTokenConfig.Builder builder) {
        if (delimiters != null) {
            int[] both = IdRanges.parse("--delimiters", delimiters, ",");
            if (both[0] == both[1]) {
                throw new BadInput("--delimiters: '" + delimiters + "' is not two different IDs");
            }
            builder.delimiters(both[0], both[1]);
        }
        for (String range : pool) {
            int[] ends = IdRanges.parse("--pool", range, "-");
            builder.addPool(ends[0], ends[1]);
        }
        for (String range : protectedIds) {
            int[] ends = IdRanges.parse("--protect", range, "-");
            builder.protect(ends[0], ends[1]);
        }
    }
}
