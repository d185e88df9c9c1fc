package io.tokenlz.frames;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.core.TokenCodec;
import io.tokenlz.core.TokenDecoder;
import io.tokenlz.core.TokenOutput;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of the frame that was read whole, and what frames leave behind for later ones: the IDs that the window reaches,
 * the model, the codec's state. A payload stays in its element until there is room for a token, and is then decoded at once;
 * the codec goes only as far as there is room.
 */
final class FrameTokens {
    private static final int FIRST_HISTORY = 256;
    private static final int STAGE_TOKENS = 1024;

    private final StreamElement element;
    private final PayloadSource payload = new PayloadSource();
    private final PayloadReader payloads = new PayloadReader();
    private final ArrayTokenInput idInput = new ArrayTokenInput();
    private final ArrayTokenOutput stageOutput = new ArrayTokenOutput();

    private @Nullable StreamHeader header;
    private int window;
    private long idLimit;
    private @Nullable TokenDecoder decoder;
    private int[] stage = {};

    /** IDs: what the window still reaches, then those of the frame. */
    private int[] history = new int[FIRST_HISTORY];

    private int frameStart;
    private int frameEnd;

    /** IDs before the frame that it may copy. */
    private int reach;

    /** Tokens of the frame, and how many of them were not written yet; both 0 between frames. */
    private int frameTokens;

    private int pending;
    private int nextId;
    private int encoding;
    private boolean decoded;

    FrameTokens(StreamElement element) {
        this.element = element;
    }

    /** Begins a stream; after one whose header said the same nothing is allocated. */
    void beginStream(StreamHeader next) {
        if (next.equals(header)) {
            if (decoder != null) {
                decoder.reset();
            }
            return;
        }
        TokenCodec codec = next.codec();
        decoder = codec == null ? null : codec.newDecoder();
        stage = new int[codec == null ? 0 : STAGE_TOKENS];
        window = next.window();
        idLimit = next.idLimit();
        header = next;
    }

    /** Forgets the frame and all before it, but for the codec's state: what begins next resets that. */
    void forget() {
        frameStart = 0;
        frameEnd = 0;
        reach = 0;
        frameTokens = 0;
        pending = 0;
        payloads.forgetModel();
    }

    /** Forgets what frames before the next one left behind. */
    void restart() {
        reach = 0;
        payloads.forgetModel();
        if (decoder != null) {
            decoder.reset();
        }
    }

    /** Whether frames hold a codec's IDs, which may be more or fewer than their tokens. */
    boolean areCoded() {
        return decoder != null;
    }

    /** Tokens of the frame that were not written yet. */
    int pending() {
        return pending;
    }

    /** Tokens of the frame that were written. */
    int written() {
        return frameTokens - pending;
    }

    /** Begins a frame of one token. */
    void beginToken(int id) {
        begin(1, 1);
        payloads.forgetModel();
        history[frameStart] = id;
        decoded = true;
    }

    /** Begins a frame whose payload is what comes next in the element. */
    void beginData(DataHead head) {
        begin(head.tokens, head.ids);
        payload.open(element.bytes(), element.at(), element.at() + head.payloadBytes);
        encoding = head.encoding;
        decoded = false;
    }

    private void begin(int tokens, int ids) {
        ensureHistory(ids);
        nextId = frameStart;
        frameEnd = frameStart + ids;
        frameTokens = tokens;
        pending = tokens;
    }

    /** Makes room for a frame's IDs behind what the window reaches. */
    private void ensureHistory(int ids) {
        int needed = ids + PayloadReader.HISTORY_SLACK;
        if (history.length - frameStart >= needed) {
            return;
        }
        int gone = frameStart - reach;
        if (gone > 0 && gone >= reach) {
            System.arraycopy(history, gone, history, 0, reach);
            frameStart = reach;
        }
        if (history.length - frameStart < needed) {
            long room = (long) frameStart + needed;
            long most = 2L * window + needed;
            history = Arrays.copyOf(history, Math.toIntExact(Math.max(room, Math.min(2 * room, most))));
        }
    }

    /** Writes tokens, as many as find room; whether none is left. */
    boolean write(TokenOutput output) {
        if (output.remaining() == 0) {
            return false;
        }
        if (!decoded) {
            payloads.read(encoding, payload, history, frameStart, frameEnd - frameStart, reach, idLimit);
            decoded = true;
        }
        if (decoder == null) {
            int count = output.write(history, nextId, pending);
            nextId += count;
            pending -= count;
        } else {
            runCodec(decoder, output);
        }
        return pending == 0;
    }

    private void runCodec(TokenDecoder codec, TokenOutput output) {
        CoderStatus status = CoderStatus.NEEDS_OUTPUT;
        while (pending > 0 && output.remaining() > 0) {
            int room = (int) Math.min(Math.min(stage.length, pending), output.remaining());
            stageOutput.wrap(stage, 0, room);
            idInput.wrap(history, nextId, frameEnd - nextId);
            try {
                status = codec.transform(idInput, stageOutput);
            } catch (MalformedTokenStreamException malformed) {
                output.write(stage, 0, (int) stageOutput.position());
                throw element.malformed(malformed.expected(), malformed.found(), malformed);
            }
            nextId += (int) idInput.position();
            pending -= output.write(stage, 0, (int) stageOutput.position());
            if (status == CoderStatus.NEEDS_INPUT && pending > 0) {
                throw new MalformedPayload(frameTokens + " tokens", written() + " in the frame's IDs");
            }
        }
        if (pending == 0 && (nextId < frameEnd || holdsMore(codec))) {
            throw new MalformedPayload(frameTokens + " tokens", "more in the frame's IDs");
        }
    }

    private boolean holdsMore(TokenDecoder codec) {
        return codec.flush(stageOutput.wrap(stage, 0, 0)) == CoderStatus.NEEDS_OUTPUT;
    }

    /** Ends the frame, as all of it was written: its IDs are history. How many tokens it had. */
    int endFrame() {
        int tokens = frameTokens;
        reach = (int) Math.min(window, (long) reach + (frameEnd - frameStart));
        frameStart = frameEnd;
        frameTokens = 0;
        return tokens;
    }
}
