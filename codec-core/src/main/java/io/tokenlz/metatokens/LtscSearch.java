package io.tokenlz.metatokens;

/** The paper's search; in the nested form again over its own result until nothing pays, then pruned. */
final class LtscSearch implements BlockSearch {
    private final boolean nested;
    private final LongestRunFirst longestRunFirst;
    private final EntryPruning pruning;

    LtscSearch(MetaTokenConfig config, int mostEntries) {
        nested = config.form() == MetaTokenForm.NESTED;
        longestRunFirst = new LongestRunFirst(config.window(), config.longestRun(), mostEntries);
        pruning = new EntryPruning(nested ? mostEntries : 0);
    }

    @Override
    public void compress(Block block) {
        boolean replaced = longestRunFirst.replaceRuns(block);
        while (nested && replaced) {
            replaced = longestRunFirst.replaceRuns(block);
        }
        if (nested) {
            pruning.prune(block);
        }
    }

    @Override
    public long stateBytes() {
        return longestRunFirst.stateBytes() + pruning.stateBytes();
    }
}
