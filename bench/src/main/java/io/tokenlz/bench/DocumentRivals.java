package io.tokenlz.bench;

import io.tokenlz.frames.FrameWriterOptions.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What else moves the documents that codecs are measured on: our frames, rivals, and no compression at all. */
public final class DocumentRivals {
    /** The wire format, each document a stream of its own. */
    public static final String FRAMES = "frames";

    private DocumentRivals() {}

    /** Who is measured; frames first, then who is fast. */
    public static List<WireContender> contenders() {
        return List.of(
                new CodedContender(FRAMES, Cut.WHOLE, size -> FrameCoder.messages(size, Level.BALANCED)),
                new CodedContender(WireScenario.ZSTD_3, Cut.WHOLE, size -> RivalCoder.zstd(3, TokenBytes.VARINTS)),
                new CodedContender("lz4 int32", Cut.WHOLE, size -> RivalCoder.lz4(TokenBytes.INT32)),
                new CodedContender(WireScenario.SNAPPY, Cut.WHOLE, size -> RivalCoder.snappy(TokenBytes.VARINTS)),
                new CodedContender(WireScenario.DEFLATE, Cut.WHOLE, size -> RivalCoder.deflate(6, TokenBytes.VARINTS)),
                new CodedContender(WireScenario.FAST_PFOR, Cut.WHOLE, size -> new FastPforCoder()),
                new CodedContender("varints", Cut.WHOLE, size -> RivalCoder.plain(TokenBytes.VARINTS)),
                new CodedContender("copy to int32", Cut.WHOLE, size -> RivalCoder.plain(TokenBytes.INT32)));
    }

    /**
     * Cuts a file as {@link CodecMeasurement} does, into files of their own.
     *
     * @param documentTokens the most tokens of each, at least 1
     */
    public static List<TokenFile> documents(TokenFile file, int documentTokens) {
        List<TokenFile> documents = new ArrayList<>();
        int[] ids = file.ids();
        int[] starts = file.streamStarts(documentTokens);
        for (int i = 0; i < starts.length; i++) {
            int end = i + 1 < starts.length ? starts[i + 1] : ids.length;
            int[] document = Arrays.copyOfRange(ids, starts[i], end);
            documents.add(new TokenFile(file.kind(), file.name(), document, file.vocabularySize(), null));
        }
        return documents;
    }
}
