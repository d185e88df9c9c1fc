package io.tokenlz.bench;

/** How the tokens of a file are cut into pieces, each of which is coded by itself. */
public enum Cut {
    /** One answer of a model: the file's first tokens. */
    ANSWER {
        @Override
        Piece[] pieces(int[] tokens) {
            return new Piece[] {new Piece(tokens, 0, Math.min(ANSWER_TOKENS, tokens.length))};
        }
    },

    /** Messages, evenly spaced over the file. */
    MESSAGES {
        @Override
        Piece[] pieces(int[] tokens) {
            int count = Math.max(1, Math.min(MOST_MESSAGES, tokens.length / MESSAGE_TOKENS));
            int last = Math.max(0, tokens.length - MESSAGE_TOKENS);
            Piece[] pieces = new Piece[count];
            for (int i = 0; i < count; i++) {
                int from = (int) ((long) i * last / Math.max(1, count - 1));
                pieces[i] = new Piece(tokens, from, Math.min(MESSAGE_TOKENS, tokens.length));
            }
            return pieces;
        }
    },

    /** Blocks that follow one another. */
    BLOCKS {
        @Override
        Piece[] pieces(int[] tokens) {
            Piece[] pieces = new Piece[frames(tokens.length)];
            for (int i = 0; i < pieces.length; i++) {
                int from = i * FrameCoder.BLOCK_TOKENS;
                pieces[i] = new Piece(tokens, from, Math.min(FrameCoder.BLOCK_TOKENS, tokens.length - from));
            }
            return pieces;
        }
    },

    /** The file as it is. */
    WHOLE {
        @Override
        Piece[] pieces(int[] tokens) {
            return new Piece[] {new Piece(tokens, 0, tokens.length)};
        }
    };

    public static final int ANSWER_TOKENS = 2000;
    public static final int MESSAGE_TOKENS = 512;
    static final int MOST_MESSAGES = 100;

    /** Tokens that lie together in a file. */
    @SuppressWarnings("ArrayRecordComponent") // points into the file's tokens, never compared
    record Piece(int[] tokens, int from, int count) {}

    abstract Piece[] pieces(int[] tokens);

    /** Blocks in so many tokens: the frames of a stream that nobody flushes. */
    static int frames(int tokens) {
        return (int) ((tokens + FrameCoder.BLOCK_TOKENS - 1L) / FrameCoder.BLOCK_TOKENS);
    }
}
