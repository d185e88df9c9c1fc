package io.tokenlz.conformance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tokenlz.core.TokenCodec;
import io.tokenlz.hypertokens.HypertokenCodec;
import io.tokenlz.hypertokens.HypertokenConfig;
import io.tokenlz.metatokens.MetaTokenCodec;
import io.tokenlz.metatokens.MetaTokenConfig;
import java.util.HexFormat;
import java.util.Optional;

/** Jobs of the protocol (PROTOCOL.md) for what a codec of this project is to do. */
final class JobLine {
    private JobLine() {}

    /** The job that encodes these tokens, if the protocol can say what this codec is, and our runner takes it. */
    static Optional<String> encode(TokenCodec codec, int[] tokens) {
        return coding(codec, "encode", tokens);
    }

    /** The job that decodes these IDs, if the protocol can say what this codec is, and our runner takes it. */
    static Optional<String> decode(TokenCodec codec, int[] ids) {
        return coding(codec, "decode", ids);
    }

    private static Optional<String> coding(TokenCodec codec, String kind, int[] ids) {
        if (codec instanceof MetaTokenCodec metaTokens) {
            return MetaTokenJobs.canSay(metaTokens.config())
                    ? Optional.of(line(metaTokens("meta-" + kind, metaTokens.config(), ids)))
                    : Optional.empty();
        }
        return codec instanceof HypertokenCodec hypertokens
                        && HypertokenJobs.canSay(hypertokens.config())
                        && startsEmpty(hypertokens)
                ? Optional.of(line(hypertokens(kind, hypertokens.config(), ids)))
                : Optional.empty();
    }

    /** A job can't say what a codebook starts with. */
    private static boolean startsEmpty(HypertokenCodec codec) {
        return codec.newDecoder().codebook().size() == 0;
    }

    private static String line(ObjectNode job) {
        return "the job " + job.put("id", 1);
    }

    /** The replay rule is said in every job; {@code encode} ignores it. */
    static ObjectNode hypertokens(String kind, HypertokenConfig config, int[] ids) {
        ObjectNode job = job(kind).put("replay", JobFields.name(config.replayRule()));
        job.set("config", HypertokenJobs.fields(config));
        job.set("ids", JobFields.array(ids));
        return job;
    }

    static ObjectNode metaTokens(String kind, MetaTokenConfig config, int[] ids) {
        ObjectNode job = job(kind);
        job.set("config", MetaTokenJobs.fields(config));
        job.set("ids", JobFields.array(ids));
        return job;
    }

    static ObjectNode wireWrite(FrameCase that) {
        ObjectNode job = job("wire-write");
        job.set("config", WireJobs.fields(that.header(), that.options()));
        job.set("ids", JobFields.array(that.tokens()));
        job.set("flushes", JobFields.array(that.flushes()));
        return job;
    }

    static ObjectNode wireRead(byte[] bytes) {
        return job("wire-read").put("bytes", HexFormat.of().formatHex(bytes));
    }

    private static ObjectNode job(String kind) {
        return JsonNodeFactory.instance.objectNode().put("kind", kind);
    }
}
