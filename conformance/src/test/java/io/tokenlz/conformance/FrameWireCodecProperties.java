package io.tokenlz.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.core.ByteInput;
import io.tokenlz.core.ByteOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.TokenCodec;
import io.tokenlz.core.TokenInput;
import io.tokenlz.core.TokenOutput;
import io.tokenlz.frames.FrameReader;
import io.tokenlz.frames.FrameWriter;
import io.tokenlz.frames.FrameWriterOptions;
import io.tokenlz.frames.MalformedFrameException;
import io.tokenlz.frames.StreamHeader;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
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

    /** FORMAT.md: what is refused is the first frame that breaks a rule, and the plain reader finds the same one. */
    @Property(tries = 1000)
    void refusesWhereTheOracleDoes(@ForAll("cases") WireCase that, @ForAll("damages") List<StreamDamage> damages) {
        WireWindows writing = WireWindows.whole();
        WireCodec.Writer writer = that.codec().newWriter();
        writing.write(writer, that.tokens(), 0, that.tokens().length);
        writing.finish(writer);
        byte[] bytes = writing.bytes();
        for (StreamDamage damage : damages) {
            bytes = damage.damage(bytes);
        }
        FrameOracle oracle = new FrameOracle(bytes);
        int refused = oracle.read();
        if (((Frames) that.codec()).header.codec() != null) {
            return; // the oracle has no codecs
        }
        WireWindows windows = WireWindows.whole();
        WireCodec.Reader reader = that.codec().newReader();
        long position = -1;
        int taken = 0;
        try {
            taken = windows.read(reader, bytes, 0, bytes.length);
            reader.finish();
        } catch (MalformedFrameException malformed) {
            position = malformed.bytePosition();
        }
        assertThat(position < 0 && taken < bytes.length ? taken : position).isEqualTo(refused);
        assertThat(TokenArbitraries.boxed(windows.tokens())).isEqualTo(oracle.tokens());
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
