package io.tokenlz.cli.explore;

import io.tokenlz.hypertokens.Codebook;
import io.tokenlz.hypertokens.HypertokenConfig;
import io.tokenlz.hypertokens.HypertokenStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Hypertokens: the codebook grows as the stream goes on, and is never sent. */
final class HypertokenReading implements IdReading {
    private final HypertokenStream stream;
    private int entriesTold;

    HypertokenReading(HypertokenConfig config) {
        stream = new HypertokenStream(config);
    }

    @Override
    public Meaning next(int id) {
        int count = stream.accept(id);
        List<Integer> tokens =
                IntStream.range(0, count).map(stream::spanToken).boxed().toList();
        return new Meaning(id, stream.codebook().contains(id) ? Role.PHRASE : Role.BASE, tokens);
    }

    @Override
    public List<Entry> newEntries() {
        Codebook codebook = stream.codebook();
        List<Entry> entries = new ArrayList<>();
        while (entriesTold < codebook.size()) {
            int id = codebook.firstId() + entriesTold++;
            entries.add(new Entry(
                    id,
                    IntStream.range(0, codebook.length(id))
                            .map(index -> codebook.subtoken(id, index))
                            .boxed()
                            .toList()));
        }
        return entries;
    }

    @Override
    public boolean isRenewed() {
        return false;
    }
}
