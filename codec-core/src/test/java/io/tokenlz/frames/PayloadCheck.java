package io.tokenlz.frames;

import static io.tokenlz.frames.ReaderCheck.allocated;
import static io.tokenlz.frames.ReaderCheck.require;
import static io.tokenlz.frames.ReaderCheck.requireMemory;

import java.util.Arrays;
import java.util.Random;

/**
 * Decodes whatever it is given as a payload of one encoding, twice: what lies behind the payload, in the place of the IDs, and in
 * the decoder's tables must make no difference. Nothing but a {@link MalformedPayload} may come out.
 */
final class PayloadCheck implements FuzzRun.Check {
    private static final int MARGIN = 9;

    /** What is allocated beside the decoder's state. */
    private static final long ALLOCATED_ANYWAY = 1 << 18;

    private final int encoding;
    private final PayloadReader used = new PayloadReader();
    private PayloadReader other = new PayloadReader();

    PayloadCheck(int encoding) {
        this.encoding = encoding;
    }

    /** IDs that lie before a frame's. */
    static int[] reached(int count, long idLimit) {
        int[] ids = new int[count];
        Arrays.setAll(ids, i -> (int) ((i * i & Integer.MAX_VALUE) % idLimit));
        return ids;
    }

    @Override
    public String check(byte[] input, Random random) {
        byte[] whole = input.length < PayloadInputs.HEAD_BYTES ? Arrays.copyOf(input, PayloadInputs.HEAD_BYTES) : input;
        int ids = (int) ByteSink.INTS.get(whole, 0) & (PayloadInputs.MOST_IDS - 1);
        int reach = (int) ByteSink.INTS.get(whole, 4) & (PayloadInputs.MOST_REACH - 1);
        long idLimit = ((int) ByteSink.INTS.get(whole, 8) & Integer.MAX_VALUE) + 1L;
        byte[] payload = Arrays.copyOfRange(whole, PayloadInputs.HEAD_BYTES, whole.length);
        if (encoding != StreamFormat.ENCODING_MODEL || random.nextInt(8) == 0) {
            // a new model takes longer than all else
            other = new PayloadReader();
        }
        int[] once = reached(reach, idLimit);
        int[] again = once.clone();
        once = Arrays.copyOf(once, reach + ids + PayloadReader.HISTORY_SLACK + MARGIN);
        again = Arrays.copyOf(again, once.length);
        Arrays.fill(again, reach, again.length, -1);
        String failure = read(other, payload, (byte) 0, once, reach, ids, idLimit);
        String failureAgain = read(used, payload, (byte) random.nextInt(), again, reach, ids, idLimit);
        require(failure.equals(failureAgain), failure + ", then " + failureAgain);
        for (int i = 0; i < MARGIN; i++) {
            require(once[once.length - 1 - i] == 0 && again[again.length - 1 - i] == -1, "written behind the slack");
        }
        int same = failure.isEmpty() ? reach + ids : reach;
        require(Arrays.equals(once, 0, same, again, 0, same), "other IDs for the same payload");
        require(Arrays.equals(once, 0, reach, reached(reach, idLimit), 0, reach), "written before the frame");
        for (int i = reach; i < same; i++) {
            require(once[i] >= 0, "a negative ID");
        }
        return failure.replaceAll("[0-9]+", "#");
    }

    /** Decodes; what is wrong with the payload, if anything is. */
    private String read(
            PayloadReader reader, byte[] payload, byte behind, int[] history, int reach, int ids, long idLimit) {
        byte[] bytes = new byte[payload.length + PayloadSource.SLACK];
        Arrays.fill(bytes, behind);
        System.arraycopy(payload, 0, bytes, 0, payload.length);
        PayloadSource source = new PayloadSource();
        source.open(bytes, 0, payload.length);
        reader.forgetModel();
        long before = allocated();
        try {
            reader.read(encoding, source, history, reach, ids, reach, idLimit);
            require(
                    encoding == StreamFormat.ENCODING_MODEL || source.at == payload.length,
                    "the payload goes on behind what was read");
            return "";
        } catch (MalformedPayload malformed) {
            return "expected " + malformed.expected + ", found " + malformed.found;
        } finally {
            requireMemory(allocated() - before, ALLOCATED_ANYWAY + 2 * PayloadReader.stateBytes(encoding, ids));
        }
    }
}
