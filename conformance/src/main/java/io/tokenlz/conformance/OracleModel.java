package io.tokenlz.conformance;

import static io.tokenlz.conformance.OracleBytes.need;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The model of FORMAT.md, section 8, and its coder. */
final class OracleModel {
    private static final long M = 0xFFFF_FFFFL;
    private static final long K1 = 0x9E37_79B1L;
    private static final long K2 = 0x85EB_CA6BL;
    private static final long K3 = 0xC2B2_AE35L;
    private static final long K4 = 0x27D4_EB2FL;
    private static final int NEW = 0x8000_0000;
    private static final int SLOW = 250;
    private static final int FAST = 60;
    private static final int FAR = (1 << 20) - 41;
    /** Of a slot of each order. */
    private static final int[] PLACES = {0, 6, 3, 2};

    private static final int[] TREE_BITS = {14, 16, 15, 16};
    private static final int[] TREE_MOST = {SLOW, FAST, FAST, FAST};
    private static final int[] STRETCHED = new int[4096];
    private static final long[] E = new long[256];

    static {
        E[0] = 1 << 30;
        for (int i = 1; i < E.length; i++) {
            E[i] = (E[i - 1] * 1_076_653_033L) >> 30;
        }
        int x = -4096;
        for (int i = 0; i < STRETCHED.length; i++) {
            while (x < 4095 && squash(x) < 16 * i + 8) {
                x++;
            }
            STRETCHED[i] = x;
        }
    }

    /** A counter: where it is, what it held when it was looked up, and how far it counts. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Counter(int[] table, int place, int value, int most) {
        static Counter of(int[] table, long place, int most) {
            return new Counter(table, (int) place, table[(int) place], most);
        }
    }

    private record Candidate(int token, int source, int how) {}

    private final int idCount;
    private final int literalBits;
    private final List<Integer> history = new ArrayList<>();
    private final Map<Long, List<Integer>> slots = new HashMap<>();
    private final Map<Long, Integer> matches = new HashMap<>();
    private final int[] flags = counters(1 << 20);
    private final int[] byLength = counters(1 << 11);
    private final int[] byOrder = counters(20_480);
    private final int[][] trees = new int[4][];
    private final Map<Integer, long[]> candidateWeights = new HashMap<>();
    private final Map<Integer, long[]> literalWeights = new HashMap<>();
    private int t1;
    private int t2;
    private int t3;
    private long h1;
    private long h2;
    private long h3;
    private long past;
    private int at = -1;
    private int length;
    private int misses;
    private OracleBytes source = new OracleBytes(new byte[0], 0, 0);
    private long low;
    private long high;
    private long code;

    OracleModel(int idCount) {
        this.idCount = idCount;
        literalBits = Math.max(1, OracleLists.bitLength(idCount - 1));
        for (int i = 0; i < trees.length; i++) {
            trees[i] = counters(16 << TREE_BITS[i]);
        }
    }

    private static int[] counters(int count) {
        int[] counters = new int[count];
        Arrays.fill(counters, NEW);
        return counters;
    }

    void decode(OracleBytes payload, int n, List<Integer> ids) {
        source = payload;
        low = 0;
        high = M;
        code = 0;
        for (int i = 0; i < 4; i++) {
            shift();
        }
        for (int i = 0; i < n; i++) {
            int token = token();
            need(token < idCount, "ID " + token);
            ids.add(token);
        }
    }

    private void shift() {
        code = (code << 8 | (source.isEmpty() ? 0 : source.takeByte())) & M;
    }

    private int coded(long p) { // section 8.1
        long middle = low + (((high - low) * p) >> 16);
        int bit = code <= middle ? 1 : 0;
        if (bit == 1) {
            high = middle;
        } else {
            low = middle + 1;
        }
        while ((low ^ high) >> 24 == 0) {
            low = low << 8 & M;
            high = (high << 8 & M) | 255;
            shift();
        }
        return bit;
    }

    private static long squash(long any) { // section 8.2
        long x = Math.max(-4096, Math.min(4095, any));
        int n = (int) (x >> 8);
        long r = E[(int) (x & 255)] << Math.max(0, n);
        long o = 1L << (30 + Math.max(0, -n));
        return Math.max(1, Math.min(65_535, (r << 16) / (r + o)));
    }

    private int mixed(List<Counter> counters, long[] weights, int rate) {
        long sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += STRETCHED[counters.get(i).value >>> 20] * weights[i];
        }
        long p = squash(sum >> 16);
        int bit = coded(p);
        for (int i = 0; i < weights.length; i++) {
            weights[i] += (STRETCHED[counters.get(i).value >>> 20] * ((bit << 16) - p) * rate + 131_072) >> 18;
        }
        for (Counter counter : counters) {
            counter.table[counter.place] = learned(counter.value, bit, counter.most);
        }
        return bit;
    }

    private static int learned(int counter, int bit, int most) {
        int chance = counter >>> 10;
        int used = counter & 1023;
        long gap = bit * ((1L << 22) - 1) - chance;
        chance += (int) ((gap * (655_360 / (10 * used + 15))) >> 16);
        return chance << 10 | Math.min(used + 1, most);
    }

    private static int experience(Counter counter) {
        int used = counter.value & 255;
        return used == 0 ? 0 : used < 3 ? 1 : used < 8 ? 2 : 3;
    }

    private static long scrambled(long x, int shift) {
        return x ^ x >>> shift;
    }

    private List<Integer> slot(int order, long hash) {
        return slots.computeIfAbsent((long) order << 32 | (hash * K1 & M) >>> 15, key -> new ArrayList<>());
    }

    private int token() { // section 8.3
        h1 = (t1 + 1) * K1 & M;
        h2 = scrambled((h1 + t2 + 1) * K2 & M, 15);
        h3 = scrambled((h2 + t3 + 1) * K3 & M, 15);
        int matched = at >= 0 ? history.get(at) : -1;
        Set<Integer> tried = new HashSet<>();
        int token = -1;
        int how = 0;
        for (Candidate candidate : candidates(matched)) {
            if (!tried.contains(candidate.token)) {
                if (isToken(candidate, tried.size(), candidate.token == matched)) {
                    token = candidate.token;
                    how = candidate.how;
                    break;
                }
                tried.add(candidate.token);
            }
        }
        if (how == 0) {
            token = literal();
        }
        past = past * 4 + how & M;
        learn(token, matched);
        return token;
    }

    private List<Candidate> candidates(int matched) {
        List<Candidate> candidates = new ArrayList<>();
        if (at >= 0) {
            candidates.add(new Candidate(matched, 0, 1));
        }
        int place = 0;
        for (int token : slot(3, h3)) {
            candidates.add(new Candidate(token, 1 + place++, 2));
        }
        place = 0;
        for (int token : slot(2, h2)) {
            candidates.add(new Candidate(token, 3 + place++, 2));
        }
        place = 0;
        for (int token : slot(1, h1)) {
            candidates.add(new Candidate(token, 6 + Math.min(place++, 3), 3));
        }
        return candidates;
    }

    private boolean isToken(Candidate candidate, int tried, boolean isMatch) {
        long m = scrambled(candidate.token * K2 & M, 15);
        long column = (m * K1 & M) >>> 28;
        int lengthClass = isMatch ? lengthClass() : 0;
        long from = candidate.source;
        List<Counter> counters = List.of(
                Counter.of(flags, (m * K3 & M) >>> 12, FAST),
                Counter.of(flags, ((h1 * K3 & M) >>> 16) * 16 + column, FAST),
                Counter.of(flags, ((h2 * K3 & M) >>> 16) * 16 + column, FAST),
                Counter.of(flags, ((h3 * K4 & M) >>> 16) * 16 + column, FAST),
                Counter.of(byLength, (from * 12 + lengthClass) * 16 + (past & 15), SLOW),
                Counter.of(
                        byOrder, ((from * 8 + Math.min(tried, 7)) * 4 + Math.min(misses, 3)) * 64 + (past & 63), SLOW));
        int set = candidate.source * 64
                + experience(counters.get(1)) * 16
                + experience(counters.get(2)) * 4
                + experience(counters.get(3));
        return mixed(counters, weights(candidateWeights, set, 6), 10) == 1;
    }

    private int lengthClass() {
        if (length < 8) {
            return length;
        }
        return length < 16 ? 8 : length < 32 ? 9 : length < 400 ? 10 : 11;
    }

    private static long[] weights(Map<Integer, long[]> sets, int set, int count) {
        return sets.computeIfAbsent(set, key -> {
            long[] weights = new long[count];
            Arrays.fill(weights, 12_000);
            return weights;
        });
    }

    private int literal() { // section 8.4
        int b = OracleLists.bitLength(t1);
        int kind = b < 3 ? t1 : 4 * b + (t1 >>> (b - 3) & 3);
        List<Integer> order1 = slot(1, h1);
        int first = order1.isEmpty() ? -1 : order1.get(0);
        long[] contexts = {0, h1, (kind + 999) * K2 & M, (first + 9) * K3 & M};
        long value = 1;
        for (int left = literalBits; left > 0; ) {
            long g = scrambled((value * K2 ^ left * K4) & M, 15);
            int[] lines = new int[trees.length];
            for (int tree = 0; tree < trees.length; tree++) {
                lines[tree] = line(trees[tree], g, contexts[tree], TREE_BITS[tree]);
            }
            int group = (left - 1 & 3) + 1;
            int node = 1;
            for (int i = 0; i < group; i++) {
                int bit = literalBit(lines, node);
                value = value * 2 + bit;
                node = node * 2 + bit;
            }
            left -= group;
        }
        return (int) (value - (1L << literalBits));
    }

    private int literalBit(int[] lines, int node) {
        List<Counter> counters = new ArrayList<>();
        int set = 0;
        for (int tree = 0; tree < trees.length; tree++) {
            Counter counter = Counter.of(trees[tree], lines[tree] + node, TREE_MOST[tree]);
            counters.add(counter);
            set = set * 4 + experience(counter);
        }
        return mixed(counters, weights(literalWeights, set, 4), 3);
    }

    private static int line(int[] tree, long g, long context, int bits) {
        long q = scrambled((g ^ context) * K1 & M, 13) * K3 & M;
        int line = (int) (q >>> (32 - bits)) * 16;
        int check = (int) (scrambled(q, 15) * K2 & M);
        int beside = line ^ 16;
        if (tree[line] == check) {
            return line;
        }
        if (tree[beside] == check) {
            return beside;
        }
        int taken = (tree[beside + 1] & 1023) < (tree[line + 1] & 1023) ? beside : line;
        Arrays.fill(tree, taken, taken + 16, NEW);
        tree[taken] = check;
        return taken;
    }

    private void learn(int token, int matched) { // section 8.5
        long[] hashes = {0, h1, h2, h3};
        for (int order = 3; order >= 1; order--) {
            List<Integer> slot = slot(order, hashes[order]);
            slot.remove((Integer) token);
            slot.add(0, token);
            if (slot.size() > PLACES[order]) {
                slot.remove(slot.size() - 1);
            }
        }
        history.add(token);
        if (at >= 0) {
            follow(token == matched);
        }
        t3 = t2;
        t2 = t1;
        t1 = token;
        if (history.size() >= 4) {
            findMatch();
        }
        if (history.size() - at > FAR) {
            at = -1;
            length = 0;
        }
    }

    private void follow(boolean matched) {
        if (matched) {
            length++;
            misses = length > 15 ? 0 : misses;
        } else {
            length = 0;
            misses++;
        }
        at = misses > 16 ? -1 : at + 1;
    }

    private void findMatch() {
        int position = history.size();
        long h = 0;
        for (int i = 1; i <= 4; i++) {
            h = (h + history.get(position - i) + 1) * K1 & M;
        }
        h = (scrambled(h, 15) * K2 & M) >>> 15;
        Integer before = matches.put(h, position);
        int early = before == null ? -1 : before;
        if (length != 0 || early < 0 || position - early > FAR) {
            return;
        }
        int n = 0;
        while (n < Math.min(32, early) && history.get(early - 1 - n).equals(history.get(position - 1 - n))) {
            n++;
        }
        if (n >= 4) {
            at = early;
            length = n;
            misses = 0;
        }
    }
}
