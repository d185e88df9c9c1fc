package io.tokenlz.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import net.jqwik.api.Arbitrary;

/**
 * Something that a program's answers must have in common.
 *
 * @param suite what it belongs to: {@code hypertokens}, {@code meta} or {@code wire}
 * @param name its name in the suite
 * @param jobs makes jobs
 * @param judge tells right answers from wrong ones
 * @param shrinks whether a job with something left out or lowered can be judged, too
 */
record CheckProperty(String suite, String name, Arbitrary<Job> jobs, Judge judge, boolean shrinks) {
    /** Tells right answers from wrong ones, by an oracle. */
    interface Judge {
        Verdict judge(Job job, JsonNode answer);
    }
}
