package io.tokenlz.conformance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A decoder of meta-tokens in the simplest possible way, straight from META-TOKENS.md, with a map of lists. Shares no code
 * with the codec.
 */
public final class MetaTokenOracle {
    private static final int ACCEPTED = -1;
    private static final int NO_ENTRY = -1;

    private final int vocabularySize;
    private final int dictionaryStart;
    private final int dictionaryEnd;
    private final Set<Integer> pool;
    private final boolean nested;
    private final int window;

    /**
     * An oracle at the start of a stream.
     *
     * @param vocabularySize V
     * @param dictionaryStart DICT_START
     * @param dictionaryEnd DICT_END
     * @param pool the meta-tokens
     * @param nested whether entries may refer to entries before them
     * @param window the most base tokens of a block
     */
    public MetaTokenOracle(
            int vocabularySize, int dictionaryStart, int dictionaryEnd, Set<Integer> pool, boolean nested, int window) {
        this.vocabularySize = vocabularySize;
        this.dictionaryStart = dictionaryStart;
        this.dictionaryEnd = dictionaryEnd;
        this.pool = Set.copyOf(pool);
        this.nested = nested;
        this.window = window;
    }

    /**
     * Decodes a whole stream.
     *
     * @param ids the stream
     * @param decoded where base tokens go
     * @return index of the first ID that must be refused, the stream's length if it must not end there, or −1
     */
    public int decode(List<Integer> ids, List<Integer> decoded) {
        Map<Integer, List<Integer>> entries = new HashMap<>();
        int at = 0;
        while (at < ids.size()) {
            int id = ids.get(at);
            if (id == dictionaryStart) {
                entries.clear();
                int refused = readDictionary(ids, at + 1, entries);
                if (refused != ACCEPTED) {
                    return refused;
                }
                while (ids.get(at) != dictionaryEnd) {
                    at++;
                }
            } else if (isBase(id)) {
                decoded.add(id);
            } else if (entries.containsKey(id)) {
                decoded.addAll(entries.get(id));
            } else {
                return at;
            }
            at++;
        }
        return ACCEPTED;
    }

    private int readDictionary(List<Integer> ids, int from, Map<Integer, List<Integer>> entries) {
        List<Integer> open = new ArrayList<>();
        int openId = NO_ENTRY;
        int written = 2;
        for (int at = from; at < ids.size(); at++) {
            int id = ids.get(at);
            boolean openIsEmpty = openId != NO_ENTRY && open.isEmpty();
            if (id == dictionaryEnd) {
                return openIsEmpty ? at : ACCEPTED;
            }
            boolean reference = entries.containsKey(id);
            boolean header = pool.contains(id) && !reference;
            if ((!header && !reference && !isBase(id)) || (openId == NO_ENTRY && !header)) {
                return at;
            }
            if (++written > window) {
                return at;
            }
            if (header) {
                if (openIsEmpty || entries.size() == window / 2) {
                    return at;
                }
                open = new ArrayList<>();
                openId = id;
                entries.put(id, open);
            } else {
                List<Integer> added = entries.getOrDefault(id, List.of(id));
                if ((reference && (!nested || id == openId)) || open.size() + added.size() > window) {
                    return at;
                }
                open.addAll(added);
            }
        }
        return ids.size();
    }

    boolean isBase(int id) {
        return id >= 0 && id < vocabularySize && id != dictionaryStart && id != dictionaryEnd && !pool.contains(id);
    }
}
