package io.tokenlz.metatokens;

import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.TokenKernel;

/**
 * Reads dictionaries and expands bodies as they arrive (META-TOKENS.md, section 5).
 *
 * <p>While a dictionary is read, a reference in it to an entry that {@link BodyLoop} knows, of at most {@link BodyLoop#LONGEST}
 * tokens, is kept as these tokens, as long as all that is copied so is at most a window; any other reference is kept as one. So
 * what a dictionary takes is bounded by two windows. A meta-token of the body whose tokens are known is copied; any other is
 * expanded into the output by walking it with a stack, and kept, as far as the room of two windows goes, for when it comes again.
 */
final class MetaTokenDecoderKernel extends TokenKernel {
    /** Ends each entry in {@link #dictionary}; base tokens are not negative, references are small and negative. */
    private static final int ENTRY_END = Integer.MIN_VALUE;

    private static final int NO_ENTRY = -1;
    private static final int NOT_EXPANDED = -1;

    private final ReservedIds reserved;
    private final boolean nested;
    private final int window;

    private final BodyLoop bodyLoop;

    /**
     * The entries' symbols: a base token as itself, a reference to entry e as ~e, or as the tokens that it stands for. Behind
     * them, expansions.
     */
    private final int[] dictionary;

    private final int[] entryStart;

    /** Base tokens that an entry stands for, at most a window; and where they lie one after the other, if they do. */
    private final int[] entryExpansion;

    private final int[] expandedAt;

    /** The two say which meta-token is which entry; valid only where they agree, so that neither is ever cleared. */
    private final int[] entryOfPoolIndex;

    private final int[] poolIndexOfEntry;

    /** Where in the dictionary each level of the expansion goes on. */
    private final int[] stack;

    private int stackDepth;
    private int dictionarySize;
    private int dictionaryTokens;

    /** Tokens in the dictionary that were copied for references. */
    private int copiedTokens;

    private int entryCount;
    private boolean inDictionary;
    private int openMetaToken;
    private boolean entryHasReferences;

    /** Where the dictionary has room for the next expansion. */
    private int expansionsEnd;

    MetaTokenDecoderKernel(MetaTokenConfig config) {
        reserved = config.reserved();
        nested = config.form() == MetaTokenForm.NESTED;
        window = config.window();
        int entries = mostEntries(config);
        bodyLoop = new BodyLoop(reserved, entries);
        dictionary = new int[2 * window + BodyLoop.COPIED];
        entryStart = new int[entries];
        expandedAt = new int[entries];
        entryExpansion = new int[entries];
        poolIndexOfEntry = new int[entries];
        stack = new int[entries];
        entryOfPoolIndex = new int[reserved.poolSize()];
    }

    @Override
    protected CoderStatus run(int[] input, int inputStart, int inputEnd, int[] output, int outputStart, int outputEnd) {
        consumed = 0;
        produced = 0;
        while (true) {
            if (!expand(output, outputStart, outputEnd)) {
                return CoderStatus.NEEDS_OUTPUT;
            }
            if (inDictionary) {
                copyEntry(input, inputStart, inputEnd);
            } else {
                copyBody(input, inputStart, inputEnd, output, outputStart, outputEnd);
            }
            int at = inputStart + consumed;
            if (at == inputEnd) {
                return CoderStatus.NEEDS_INPUT;
            }
            int token = input[at];
            if (inDictionary) {
                acceptInDictionary(token);
            } else if (token == reserved.dictionaryStart()) {
                beginDictionary();
            } else if (outputStart + produced == outputEnd) {
                return CoderStatus.NEEDS_OUTPUT;
            } else {
                expandFirst(token, output, outputStart, outputEnd);
            }
            consumed++;
        }
    }

    /** Copies base tokens, and what meta-tokens stand for where it is known and there is room, up to anything else. */
    private void copyBody(int[] input, int inputStart, int inputEnd, int[] output, int outputStart, int outputEnd) {
        int at = inputStart + consumed;
        int end = outputStart + produced;
        while (at < inputEnd && end < outputEnd) {
            if (entryCount > 0 && bodyLoop.fits(outputEnd - end)) {
                end = bodyLoop.run(dictionary, input, at, inputEnd, output, end, outputEnd);
                at += bodyLoop.consumed;
                if (bodyLoop.consumed > 0) {
                    continue;
                }
            }
            int token = input[at];
            if (reserved.isBase(token)) {
                output[end++] = token;
                at++;
                continue;
            }
            int poolIndex = reserved.poolIndex(token);
            int entry = poolIndex < 0 ? NO_ENTRY : entryOf(poolIndex);
            if (entry == NO_ENTRY || expandedAt[entry] == NOT_EXPANDED || entryExpansion[entry] > outputEnd - end) {
                break;
            }
            System.arraycopy(dictionary, expandedAt[entry], output, end, entryExpansion[entry]);
            end += entryExpansion[entry];
            at++;
        }
        consumed = at - inputStart;
        produced = end - outputStart;
    }

    /** Takes base tokens and short entries into the open entry, up to anything else. */
    private void copyEntry(int[] input, int inputStart, int inputEnd) {
        if (entryCount == 0) {
            return;
        }
        int open = entryCount - 1;
        int at = inputStart + consumed;
        int end = at + Math.min(inputEnd - at, window - dictionaryTokens);
        int room = Math.min(window - entryExpansion[open], window - copiedTokens);
        int size = nested
                ? bodyLoop.copyEntry(dictionary, dictionarySize, room, input, at, end)
                : bodyLoop.copyTokens(dictionary, dictionarySize, room, input, at, end);
        int symbols = bodyLoop.consumed;
        int tokens = size - dictionarySize;
        dictionarySize = size;
        dictionaryTokens += symbols;
        copiedTokens += tokens - symbols;
        entryExpansion[open] += tokens;
        consumed += symbols;
    }

    private void beginDictionary() {
        inDictionary = true;
        entryCount = 0;
        dictionarySize = 0;
        copiedTokens = 0;
        dictionaryTokens = 2;
        bodyLoop.forgetAll();
    }

    private void acceptInDictionary(int token) {
        if (token == reserved.dictionaryEnd()) {
            endEntry(token);
            inDictionary = false;
            expansionsEnd = dictionarySize;
            return;
        }
        boolean isBase = reserved.isBase(token);
        int poolIndex = isBase ? -1 : reserved.poolIndex(token);
        if (!isBase && poolIndex < 0) {
            throw malformed("an entry or DICT_END", reserved.describe(token));
        }
        if (isBase && entryCount == 0) {
            throw malformed("a meta-token that begins the first entry", reserved.describe(token));
        }
        if (dictionaryTokens + 1 > window) {
            throw malformed("a dictionary shorter than the window of " + window + " tokens", "a longer one");
        }
        if (isBase) {
            appendSymbol(token, 1);
        } else {
            int entry = entryOf(poolIndex);
            if (entry == NO_ENTRY) {
                beginEntry(token, poolIndex);
            } else {
                appendReference(token, entry);
            }
        }
        dictionaryTokens++;
    }

    private void beginEntry(int token, int poolIndex) {
        endEntry(token);
        if (entryCount == entryStart.length) {
            throw malformed("at most " + entryStart.length + " entries in a window", reserved.describe(token));
        }
        entryStart[entryCount] = dictionarySize;
        entryExpansion[entryCount] = 0;
        entryHasReferences = false;
        poolIndexOfEntry[entryCount] = poolIndex;
        entryOfPoolIndex[poolIndex] = entryCount;
        openMetaToken = token;
        entryCount++;
    }

    private void endEntry(int token) {
        if (entryCount == 0) {
            return;
        }
        int open = entryCount - 1;
        if (entryExpansion[open] == 0) {
            throw malformed("at least one token in the entry before", reserved.describe(token));
        }
        int first = dictionary[entryStart[open]];
        if (dictionarySize - entryStart[open] == 1 && first < 0) {
            // another name for an entry: as that entry, lest a chain of names be walked for each token
            entryStart[open] = entryStart[~first];
            expandedAt[open] = expandedAt[~first];
            dictionarySize--;
        } else {
            dictionary[dictionarySize++] = ENTRY_END;
            expandedAt[open] = entryHasReferences ? NOT_EXPANDED : entryStart[open];
        }
        if (expandedAt[open] != NOT_EXPANDED) {
            bodyLoop.learn(openMetaToken, expandedAt[open], entryExpansion[open]);
        }
    }

    private void appendReference(int token, int entry) {
        if (!nested) {
            throw malformed("a meta-token not defined before", reserved.describe(token) + " again");
        }
        if (entry == entryCount - 1) {
            throw malformed("no reference of an entry to itself", reserved.describe(token));
        }
        entryHasReferences = true;
        appendSymbol(~entry, entryExpansion[entry]);
    }

    private void appendSymbol(int symbol, int expansion) {
        int open = entryCount - 1;
        // no sum of two windows overflows: a window is at most 2^24 tokens
        if (entryExpansion[open] + expansion > window) {
            throw malformed("an entry that stands for at most a window of " + window + " tokens", "more");
        }
        entryExpansion[open] += expansion;
        dictionary[dictionarySize++] = symbol;
    }

    private int entryOf(int poolIndex) {
        int entry = entryOfPoolIndex[poolIndex];
        return entry < entryCount && poolIndexOfEntry[entry] == poolIndex ? entry : NO_ENTRY;
    }

    /** Begins to expand a meta-token, and keeps what it stands for if there is room for all of it. */
    private void expandFirst(int token, int[] output, int outputStart, int outputEnd) {
        int poolIndex = reserved.poolIndex(token);
        int entry = poolIndex < 0 ? NO_ENTRY : entryOf(poolIndex);
        if (entry == NO_ENTRY) {
            throw malformed("a base token, a defined meta-token or DICT_START", reserved.describe(token));
        }
        stack[0] = entryStart[entry];
        stackDepth = 1;
        int from = outputStart + produced;
        int length = entryExpansion[entry];
        if (expandedAt[entry] == NOT_EXPANDED
                && length <= 2 * window - expansionsEnd
                && expand(output, outputStart, outputEnd)) {
            System.arraycopy(output, from, dictionary, expansionsEnd, length);
            expandedAt[entry] = expansionsEnd;
            expansionsEnd += length;
            bodyLoop.learn(token, expandedAt[entry], length);
        }
    }

    /** Writes what is left of a meta-token's expansion; whether all of it could be. */
    private boolean expand(int[] output, int outputStart, int outputEnd) {
        int at = outputStart + produced;
        int depth = stackDepth;
        while (depth > 0) {
            int symbol = dictionary[stack[depth - 1]];
            if (symbol == ENTRY_END) {
                depth--;
                continue;
            }
            if (symbol < 0) {
                stack[depth - 1]++;
                stack[depth++] = entryStart[~symbol];
                continue;
            }
            if (at == outputEnd) {
                break;
            }
            stack[depth - 1]++;
            output[at++] = symbol;
        }
        stackDepth = depth;
        produced = at - outputStart;
        return depth == 0;
    }

    @Override
    protected CoderStatus flush(int[] output, int outputStart, int outputEnd) {
        produced = 0;
        return expand(output, outputStart, outputEnd) ? CoderStatus.NEEDS_INPUT : CoderStatus.NEEDS_OUTPUT;
    }

    @Override
    protected CoderStatus finish(int[] output, int outputStart, int outputEnd) {
        CoderStatus status = flush(output, outputStart, outputEnd);
        if (status == CoderStatus.NEEDS_OUTPUT) {
            return status;
        }
        if (inDictionary) {
            throw malformed("the rest of a dictionary, up to DICT_END", "the end of the stream");
        }
        return CoderStatus.DONE;
    }

    @Override
    protected void reset() {
        stackDepth = 0;
        entryCount = 0;
        inDictionary = false;
    }

    @Override
    protected long stateBytes() {
        return stateBytes(window, entryStart.length, entryOfPoolIndex.length) + bodyLoop.stateBytes();
    }

    /** What a decoder of a configuration will hold. */
    static long stateBytes(MetaTokenConfig config) {
        int entries = mostEntries(config);
        return stateBytes(config.window(), entries, config.poolSize())
                + BodyLoop.stateBytes(config.reserved(), entries);
    }

    private static int mostEntries(MetaTokenConfig config) {
        return Math.min(config.poolSize(), config.window() / 2);
    }

    private static long stateBytes(int window, int entries, int poolSize) {
        return 4L * (2L * window + BodyLoop.COPIED + 5L * entries + poolSize);
    }
}
