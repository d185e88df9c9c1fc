package io.tokenlz.cli;

import io.tokenlz.bench.TokenFile;
import io.tokenlz.bench.WireResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a report's page tells.
 *
 * @param files what was measured on, {@link CorpusFolder#EXTREME} ones included
 * @param documentTokens tokens in a document, 0 for whole files
 * @param seconds how long each figure was timed
 * @param codecs each kind's figures, codec by codec
 * @param rivals what moved the same documents
 * @param lengthFile the file that documents of several lengths were cut from
 * @param lengths each length's figures, codec by codec
 * @param wire the wire format and its rivals
 */
record HtmlReport(
        List<TokenFile> files,
        int documentTokens,
        double seconds,
        List<CodecFigures> codecs,
        List<WireKind> rivals,
        TokenFile lengthFile,
        List<LengthFigures> lengths,
        WireReport wire) {
    /** What the command ends with: whether everything came back exactly, from rivals, too. */
    int exitStatus() {
        return differences().isEmpty() ? TokenLz.DONE : TokenLz.NOT_EXACT;
    }

    /** What did not come back: who, and the place. */
    List<String> differences() {
        List<String> differences = new ArrayList<>();
        codecs.stream().map(CodecFigures::difference).filter(Objects::nonNull).forEach(differences::add);
        for (LengthFigures length : lengths) {
            if (!length.result().exact()) {
                differences.add(length.codec() + ", documents of " + length.documentTokens() + " tokens: "
                        + lengthFile.name() + " from token " + length.result().firstDifference());
            }
        }
        for (WireKind kind : rivals) {
            for (WireResult result : kind.results()) {
                if (!result.exact()) {
                    differences.add(result.contender() + ": " + result.difference());
                }
            }
        }
        differences.addAll(wire.differences());
        return differences;
    }
}
