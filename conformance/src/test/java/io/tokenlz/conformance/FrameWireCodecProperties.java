package io.tokenlz.conformance;

import io.tokenlz.core.ByteInput;
import io.tokenlz.core.ByteOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.TokenCodec;
import io.tokenlz.core.TokenInput;
import io.tokenlz.core.TokenOutput;
import io.tokenlz.frames.FrameReader;
import io.tokenlz.frames.FrameWriter;
import io.tokenlz.frames.FrameWriterOptions;
import io.tokenlz.frames.StreamHeader;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** The framed format: plain, and with each codec before it. */
class FrameWireCodecProperties extends WireCodecContract {
    private static final int MOST_TOKENS = 250;

    @Override
    protected Arbitrary<WireCase> cases() {
        Arbitrary<WireCase> plain = Arbitraries.frequencyOf(
                        Tuple.of(19, FrameArbitraries.cases(MOST_TOKENS)), Tuple.of(1, FrameArbitraries.modelled()))
                .map(that -> new WireCase(
                        new Frames(that.header(), that.options()),
                        that.header().vocabularySize(),
                        that.tokens(),
                        that.toString()));
        Arbitrary<WireCase> coded = Arbitraries.oneOf(HypertokenArbitraries.cases(), MetaTokenArbitraries.cases())
                .map(that -> {
                    TokenCodec codec = that.codec();
                    StreamHeader header = StreamHeader.builder(codec).window(64).build();
                    FrameWriterOptions options = FrameWriterOptions.DEFAULT.withBlockTokens(50);
                    return new WireCase(
                            new Frames(header, options), codec.vocabularySize(), that.tokens(), header.toString());
                });
        return Arbitraries.oneOf(plain, coded).withoutEdgeCases();
    }

    /** FORMAT.md: what is refused is the first frame that breaks a rule. The plain reader has no codecs. */
    @Override
    protected Optional<WireOracle> oracle(WireCodec codec) {
        return ((Frames) codec).header.codec() == null
                ? Optional.of(FrameWireCodecProperties::readPlainly)
                : Optional.empty();
    }

    static long readPlainly(byte[] stream, List<Integer> tokens) {
        FrameOracle oracle = new FrameOracle(stream);
        int refused = oracle.read();
        tokens.addAll(oracle.tokens());
        return refused;
    }

    record Frames(StreamHeader header, FrameWriterOptions options) implements WireCodec {
        @Override
        public Writer newWriter() {
            FrameWriter writer = new FrameWriter(header, options);
            return new Writer() {
                @Override
                public CoderStatus write(TokenInput input, ByteOutput output) {
                    return writer.write(input, output);
                }

                @Override
                public CoderStatus flush(ByteOutput output) {
                    return writer.flush(output);
                }

                @Override
                public CoderStatus finish(ByteOutput output) {
                    return writer.finish(output);
                }

                @Override
                public void reset() {
                    writer.reset();
                }

                @Override
                public void close() {
                    writer.close();
                }
            };
        }

        @Override
        public Reader newReader() {
            FrameReader reader = new FrameReader();
            return new Reader() {
                @Override
                public CoderStatus read(ByteInput input, TokenOutput output) {
                    return reader.read(input, output);
                }

                @Override
                public void finish() {
                    reader.finish();
                }

                @Override
                public void reset() {
                    reader.reset();
                }

                @Override
                public void close() {
                    reader.close();
                }
            };
        }
    }
}
