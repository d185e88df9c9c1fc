package io.tokenlz.bench;

import java.util.List;

/** Someone who is measured in a scenario: our format, a rival, or a plain form that is only counted. */
public interface WireContender {
    String name();

    /** Measures on files of one kind, which have one vocabulary. */
    WireResult measure(List<TokenFile> files, WireTiming timing);
}
