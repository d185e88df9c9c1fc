package io.tokenlz.conformance;

import java.util.List;
import java.util.Map;

/**
 * Meta-tokens of a dictionary that both sides hold, in the simplest possible way, straight from META-TOKENS.md. Shares no code
 * with the codec.
 */
public final class SharedDictionaryOracle {
    private static final int ACCEPTED = -1;

    private final Map<Integer, List<Integer>> entries;
    private final List<Integer> baseTokens;

    /**
     * An oracle.
     *
     * @param baseTokens all base tokens that are not reserved
     * @param entries what each meta-token stands for
     */
    public SharedDictionaryOracle(List<Integer> baseTokens, Map<Integer, List<Integer>> entries) {
        this.baseTokens = List.copyOf(baseTokens);
        this.entries = Map.copyOf(entries);
    }

    /**
     * Decodes a whole stream.
     *
     * @param ids the stream
     * @param decoded where base tokens go
     * @return index of the first ID that must be refused, or −1
     */
    public int decode(List<Integer> ids, List<Integer> decoded) {
        for (int at = 0; at < ids.size(); at++) {
            Integer id = ids.get(at);
            if (entries.containsKey(id)) {
                decoded.addAll(entries.getOrDefault(id, List.of()));
            } else if (baseTokens.contains(id)) {
                decoded.add(id);
            } else {
                return at;
            }
        }
        return ACCEPTED;
    }

    /**
     * The fewest tokens that a stream can be written with.
     *
     * @param tokens base tokens
     * @return tokens
     */
    public int fewest(List<Integer> tokens) {
        int[] fewest = new int[tokens.size() + 1];
        for (int end = 1; end <= tokens.size(); end++) {
            fewest[end] = fewest[end - 1] + 1;
            for (List<Integer> entry : entries.values()) {
                int start = end - entry.size();
                if (start >= 0 && tokens.subList(start, end).equals(entry)) {
                    fewest[end] = Math.min(fewest[end], fewest[start] + 1);
                }
            }
        }
        return fewest[tokens.size()];
    }
}
