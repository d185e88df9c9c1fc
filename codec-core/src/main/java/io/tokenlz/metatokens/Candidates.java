package io.tokenlz.metatokens;

import java.util.Arrays;

/**
 * Runs of a block that may become entries, in order of length. They are first proposed, in any order, then taken over all at
 * once.
 *
 * <p>From each place the candidates that occur there can be walked, longest first: {@link #longestAt}, then
 * {@link #shorter}. There are few of them whatever the input: beyond a depth of {@link #DENSE_DEPTH} each must be twice as
 * long as the one before.
 */
final class Candidates {
    static final int NONE = -1;

    /** Price of a candidate that is to be dropped. */
    static final int DROPPED = Integer.MAX_VALUE;

    private static final int DENSE_DEPTH = 5;

    /** By candidate: symbols, a place where it occurs, and its node in the tree of all repeats. */
    final int[] length;

    final int[] place;
    final int[] node;

    /** By candidate: the longest one that begins it. */
    final int[] shorter;

    /** By candidate: what a use of it costs in a parse (see {@link OptimalParse}). */
    final int[] price;

    /** By candidate: at how many places it would be used, in 1/16; a guess that follows the parses. */
    final int[] expectedUses;

    /** By candidate: how often the last parse used it, and with how many symbols its entry would be written. */
    final int[] uses;

    final int[] written;

    /** By place in the block: the longest candidate that occurs there. */
    final int[] longestAt;

    /** Where candidates occur, in order; for each place of the block, and its end, how many of them are before it. */
    final int[] places;

    final int[] placesBefore;

    private final RepeatTree repeats;
    private final int[] proposedLength;
    private final int[] proposedPlace;
    private final int[] proposedNode;
    private final int[] proposedUses;
    private final int[] proposedPrice;
    private final int[] sortCounts;
    private final int[] depth;

    /** By candidate: the next longer one of the same node. After a compaction: its new number. */
    private final int[] link;

    /** By node: its shortest candidate; then the longest candidate of the node or above it. */
    private final int[] ofNode;

    private int proposals;
    private int size;
    private int placeCount;

    Candidates(int capacity, RepeatTree repeats) {
        this.repeats = repeats;
        length = new int[capacity];
        place = new int[capacity];
        node = new int[capacity];
        shorter = new int[capacity];
        price = new int[capacity];
        expectedUses = new int[capacity];
        uses = new int[capacity];
        written = new int[capacity];
        longestAt = new int[capacity];
        places = new int[capacity + 1];
        placesBefore = new int[capacity + 1];
        proposedLength = new int[capacity];
        proposedPlace = new int[capacity];
        proposedNode = new int[capacity];
        proposedUses = new int[capacity];
        proposedPrice = new int[capacity];
        sortCounts = new int[capacity + 1];
        depth = new int[capacity];
        link = new int[capacity];
        ofNode = new int[capacity];
    }

    int size() {
        return size;
    }

    /** How many {@link #places} there are; at some of them all candidates may have been dropped. */
    int placeCount() {
        return placeCount;
    }

    int proposals() {
        return proposals;
    }

    void beginProposals() {
        proposals = 0;
    }

    /** Proposes a run; one too many is forgotten. */
    void propose(int runNode, int runPlace, int runLength, int runUses, int runPrice) {
        if (proposals < proposedLength.length) {
            proposedNode[proposals] = runNode;
            proposedPlace[proposals] = runPlace;
            proposedLength[proposals] = runLength;
            proposedUses[proposals] = runUses;
            proposedPrice[proposals] = runPrice;
            proposals++;
        }
    }

    /** Makes the proposals the candidates for a block of {@code blockSize} symbols. */
    void takeProposals(int blockSize) {
        sortProposals(blockSize);
        Arrays.fill(ofNode, 0, repeats.nodes(), NONE);
        for (int c = size - 1; c >= 0; c--) {
            link[c] = ofNode[node[c]];
            ofNode[node[c]] = c;
        }
        for (int k = 0; k < repeats.nodes(); k++) {
            chain(repeats.byLength[k]);
        }
        for (int i = 0; i < blockSize; i++) {
            int deepest = repeats.deepest[i];
            longestAt[i] = deepest == RepeatTree.NO_NODE ? NONE : ofNode[deepest];
        }
        findPlaces(blockSize);
        dropUnwanted(blockSize);
    }

    private void findPlaces(int blockSize) {
        int count = 0;
        for (int i = 0; i < blockSize; i++) {
            places[count] = i;
            placesBefore[i] = count;
            count += 1 - (longestAt[i] >>> 31);
        }
        placesBefore[blockSize] = count;
        placeCount = count;
    }

    private void sortProposals(int longest) {
        Arrays.fill(sortCounts, 0, longest + 1, 0);
        for (int p = 0; p < proposals; p++) {
            sortCounts[proposedLength[p]]++;
        }
        int start = 0;
        for (int run = 0; run <= longest; run++) {
            int these = sortCounts[run];
            sortCounts[run] = start;
            start += these;
        }
        for (int p = 0; p < proposals; p++) {
            int c = sortCounts[proposedLength[p]]++;
            length[c] = proposedLength[p];
            place[c] = proposedPlace[p];
            node[c] = proposedNode[p];
            expectedUses[c] = proposedUses[p] << 4;
            price[c] = proposedPrice[p];
            written[c] = length[c];
        }
        size = proposals;
    }

    /** Links a node's candidates to the longest one above it; its parent has been done. */
    private void chain(int treeNode) {
        int parent = repeats.parent[treeNode];
        int longest = parent == RepeatTree.NO_NODE ? NONE : ofNode[parent];
        for (int c = ofNode[treeNode]; c != NONE; c = link[c]) {
            shorter[c] = longest;
            depth[c] = longest == NONE ? 0 : depth[longest] + 1;
            boolean twice = longest != NONE && length[longest] == length[c];
            if (twice || (depth[c] > DENSE_DEPTH && length[c] < 2L * length[longest])) {
                price[c] = DROPPED;
            } else {
                longest = c;
            }
        }
        ofNode[treeNode] = longest;
    }

    /** Drops all candidates whose price says so. */
    void dropUnwanted(int blockSize) {
        int kept = 0;
        for (int c = 0; c < size; c++) {
            int newShorter = shorter[c] == NONE ? NONE : link[shorter[c]];
            if (price[c] == DROPPED) {
                link[c] = newShorter;
                continue;
            }
            length[kept] = length[c];
            place[kept] = place[c];
            node[kept] = node[c];
            shorter[kept] = newShorter;
            price[kept] = price[c];
            expectedUses[kept] = expectedUses[c];
            uses[kept] = uses[c];
            written[kept] = written[c];
            link[c] = kept++;
        }
        if (kept < size) {
            leavePlaces(blockSize);
        }
        size = kept;
    }

    /** Lets go of what was dropped at each place; of the places as well once they are many. */
    private void leavePlaces(int blockSize) {
        int left = 0;
        for (int k = 0; k < placeCount; k++) {
            int longest = longestAt[places[k]];
            if (longest != NONE) {
                longestAt[places[k]] = link[longest];
                left += 1 - (link[longest] >>> 31);
            }
        }
        if (left < placeCount - (placeCount >> 2)) {
            findPlaces(blockSize);
        }
    }

    long stateBytes() {
        return 4L * (17L * length.length + sortCounts.length + 2L * places.length);
    }
}
