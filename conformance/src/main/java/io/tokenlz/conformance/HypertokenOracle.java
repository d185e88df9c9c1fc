package io.tokenlz.conformance;

import io.tokenlz.hypertokens.ReplayRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Hypertokens in the simplest possible way, straight from HYPERTOKENS.md, with maps of lists. Slow, and shares no code
 * with the codec: when the two disagree, one of them is wrong.
 */
public final class HypertokenOracle {
    private final int vocabularySize;
    private final int codebookSize;
    private final int maxSubtokens;
    private final Set<Integer> protectedIds;

    /** Phrase to ID, in order of insertion. */
    private final Map<List<Integer>, Integer> codebook = new LinkedHashMap<>();

    private final Map<Integer, List<Integer>> phrases = new LinkedHashMap<>();

    /** The pending phrase {@code p} of section 2, or the previous phrase {@code b} of section 4. */
    private List<Integer> phrase = List.of();

    /**
     * An oracle at the start of a stream.
     *
     * @param vocabularySize V
     * @param codebookSize C
     * @param maxSubtokens m
     * @param protectedIds D, the padding ID included
     */
    public HypertokenOracle(int vocabularySize, int codebookSize, int maxSubtokens, Set<Integer> protectedIds) {
        this.vocabularySize = vocabularySize;
        this.codebookSize = codebookSize;
        this.maxSubtokens = maxSubtokens;
        this.protectedIds = Set.copyOf(protectedIds);
    }

    /**
     * The codebook so far.
     *
     * @return hypertoken to base tokens, in order of insertion
     */
    public Map<Integer, List<Integer>> codebook() {
        return Map.copyOf(phrases);
    }

    /**
     * Encodes a whole stream (section 2).
     *
     * @param tokens base tokens
     * @return the emitted IDs
     */
    public List<Integer> encode(List<Integer> tokens) {
        List<Integer> emitted = new ArrayList<>();
        for (int x : tokens) {
            if (protectedIds.contains(x)) {
                emit(phrase, emitted);
                emitted.add(x);
                phrase = List.of();
                continue;
            }
            List<Integer> before = phrase;
            boolean inserted = read(x);
            if (inserted) {
                emit(before, emitted);
            }
            if (phrase.size() == maxSubtokens) {
                emit(phrase, emitted);
                phrase = List.of();
            }
        }
        emit(phrase, emitted);
        return emitted;
    }

    private void emit(List<Integer> emittedPhrase, List<Integer> emitted) {
        if (emittedPhrase.size() == 1) {
            emitted.add(emittedPhrase.get(0));
        } else if (emittedPhrase.size() > 1) {
            emitted.add(idOf(emittedPhrase));
        }
    }

    /** Section 2, step 2; whether q was not in the codebook, so that the phrase before ends here. */
    private boolean read(int x) {
        List<Integer> q = joined(phrase, List.of(x));
        if (q.size() == 1 || codebook.containsKey(q)) {
            phrase = q;
            return false;
        }
        insert(q);
        phrase = List.of(x);
        return true;
    }

    private void insert(List<Integer> newPhrase) {
        if (codebook.size() < codebookSize) {
            int id = nextId();
            codebook.put(newPhrase, id);
            phrases.put(id, newPhrase);
        }
    }

    private int nextId() {
        return vocabularySize + codebook.size();
    }

    private int idOf(List<Integer> knownPhrase) {
        Integer id = codebook.get(knownPhrase);
        if (id == null) {
            throw new IllegalStateException("not in the codebook: " + knownPhrase);
        }
        return id;
    }

    /**
     * Whether a decoder must take this ID next, under either rule.
     *
     * @param id any number
     * @return whether it is a base token, a live hypertoken, or the self-reference
     */
    public boolean accepts(int id) {
        return (id >= 0 && id < vocabularySize) || phrases.containsKey(id) || isSelfReference(id);
    }

    /**
     * Decodes IDs.
     *
     * @param rule the replay rule
     * @param ids emitted IDs
     * @param decoded where base tokens go
     * @return index of the first ID that must be refused, or −1
     */
    public int decode(ReplayRule rule, List<Integer> ids, List<Integer> decoded) {
        return rule == ReplayRule.BASE ? decodeBaseReplay(ids, decoded) : decodeEmittedReplay(ids, decoded);
    }

    /**
     * Decodes IDs under base replay (section 3).
     *
     * @param ids emitted IDs
     * @param decoded where base tokens go
     * @return index of the first ID that must be refused, or −1
     */
    public int decodeBaseReplay(List<Integer> ids, List<Integer> decoded) {
        for (int at = 0; at < ids.size(); at++) {
            int x = ids.get(at);
            List<Integer> w = phrases.get(x);
            if (x >= 0 && x < vocabularySize) {
                w = List.of(x);
            } else if (w == null) {
                if (!isSelfReference(x)) {
                    return at;
                }
                w = joined(phrase, phrase.subList(0, 1));
            }
            decoded.addAll(w);
            for (int token : w) {
                if (protectedIds.contains(token)) {
                    phrase = List.of();
                } else {
                    read(token);
                    if (phrase.size() == maxSubtokens) {
                        phrase = List.of();
                    }
                }
            }
        }
        return -1;
    }

    /**
     * Decodes IDs under emitted replay (section 4).
     *
     * @param ids emitted IDs
     * @param decoded where base tokens go
     * @return index of the first ID that must be refused, or −1
     */
    public int decodeEmittedReplay(List<Integer> ids, List<Integer> decoded) {
        for (int at = 0; at < ids.size(); at++) {
            int c = ids.get(at);
            if (protectedIds.contains(c)) {
                phrase = List.of();
                decoded.add(c);
            } else if ((c >= 0 && c < vocabularySize) || phrases.containsKey(c)) {
                List<Integer> w = phrases.getOrDefault(c, List.of(c));
                decoded.addAll(w);
                update(w);
            } else if (isSelfReference(c)) {
                phrase = joined(phrase, phrase.subList(0, 1));
                insert(phrase);
                decoded.addAll(phrase);
            } else {
                return at;
            }
        }
        return -1;
    }

    private void update(List<Integer> w) {
        if (codebook.size() == codebookSize) {
            phrase = List.of();
            return;
        }
        if (phrase.isEmpty() || phrase.size() == maxSubtokens) {
            phrase = w;
            return;
        }
        for (int i = 0; i < w.size(); i++) {
            phrase = joined(phrase, w.subList(i, i + 1));
            if (!codebook.containsKey(phrase)) {
                insert(phrase);
                phrase = w.subList(i, w.size());
                return;
            }
            if (phrase.size() == maxSubtokens) {
                phrase = w.subList(i + 1, w.size());
                return;
            }
        }
    }

    private boolean isSelfReference(int id) {
        return id == nextId()
                && codebook.size() < codebookSize
                && !phrase.isEmpty()
                && phrase.size() < maxSubtokens
                && !codebook.containsKey(joined(phrase, phrase.subList(0, 1)));
    }

    private static List<Integer> joined(List<Integer> first, List<Integer> second) {
        List<Integer> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}
