package io.tokenlz.cli.explore;

import io.tokenlz.metatokens.MetaTokenConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Meta-tokens: each block that has any begins with a dictionary (META-TOKENS.md, section 3). It need not refuse anything, for
 * only our own encoder's streams come here; that they are right is what the codec's decoder checks.
 */
public final class MetaTokenReading implements IdReading {
    private final MetaTokenConfig config;
    private final Map<Integer, List<Integer>> dictionary = new HashMap<>();
    private final List<Entry> untold = new ArrayList<>();
    private boolean inDictionary;
    private boolean renewed;

    /** The entry that is being read, and what it stands for so far. */
    private int entry;

    private List<Integer> content = List.of();

    /** Begins at the start of a stream of this configuration, flat or nested. */
    public MetaTokenReading(MetaTokenConfig config) {
        this.config = config;
    }

    @Override
    public Meaning next(int id) {
        if (id == config.dictionaryStart()) {
            inDictionary = true;
            renewed = true;
            dictionary.clear();
            return new Meaning(id, Role.DICTIONARY, List.of());
        }
        if (inDictionary) {
            readDictionary(id);
            return new Meaning(id, Role.DICTIONARY, inDictionary && !config.isMetaToken(id) ? List.of(id) : List.of());
        }
        List<Integer> known = dictionary.get(id);
        return known == null ? new Meaning(id, Role.BASE, List.of(id)) : new Meaning(id, Role.PHRASE, known);
    }

    private void readDictionary(int id) {
        List<Integer> known = dictionary.get(id);
        if (id == config.dictionaryEnd()) {
            endEntry();
            inDictionary = false;
        } else if (!config.isMetaToken(id)) {
            content.add(id);
        } else if (known != null) {
            content.addAll(known);
        } else {
            endEntry();
            entry = id;
            content = new ArrayList<>();
            dictionary.put(id, content);
        }
    }

    private void endEntry() {
        if (!content.isEmpty()) {
            untold.add(new Entry(entry, content));
        }
        content = List.of();
    }

    @Override
    public List<Entry> newEntries() {
        List<Entry> entries = List.copyOf(untold);
        untold.clear();
        return entries;
    }

    @Override
    public boolean isRenewed() {
        boolean was = renewed;
        renewed = false;
        return was;
    }
}
