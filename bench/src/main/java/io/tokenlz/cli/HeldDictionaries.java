package io.tokenlz.cli;

import io.tokenlz.metatokens.MetaTokenDictionary;
import io.tokenlz.metatokens.MetaTokenFrames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The option of commands that read streams, for those that name a shared dictionary. */
final class HeldDictionaries {
    @Option(
            names = "--dictionary",
            paramLabel = "FILE",
            description = "a shared dictionary (.tlzd) that the stream may name; can be given more than once")
    private List<String> files = new ArrayList<>();

    /** Work of a command. */
    interface Work {
        Integer run() throws IOException;
    }

    /** Does work whose streams find the dictionaries. */
    Integer during(Work work) throws IOException {
        List<MetaTokenDictionary> dictionaries =
                files.stream().map(SharedDictionaryFile::read).toList();
        dictionaries.forEach(MetaTokenFrames::hold);
        try {
            return work.run();
        } finally {
            dictionaries.forEach(MetaTokenFrames::release);
        }
    }
}
