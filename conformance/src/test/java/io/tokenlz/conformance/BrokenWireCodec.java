package io.tokenlz.conformance;

import io.tokenlz.core.BufferByteInput;
import io.tokenlz.core.BufferByteOutput;
import io.tokenlz.core.ByteInput;
import io.tokenlz.core.ByteOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.core.TokenInput;
import io.tokenlz.core.TokenOutput;
import io.tokenlz.frames.FrameWriterOptions;
import io.tokenlz.frames.FrameWriterOptions.Level;
import io.tokenlz.frames.MalformedFrameException;
import io.tokenlz.frames.StreamHeader;
import org.jspecify.annotations.Nullable;

/** The framed format with one bug. What the contract of wire codecs is tested with. */
final class BrokenWireCodec implements WireCodec {
    private static int made;

    private final StreamHeader header;
    private final WireBug bug;
    private @Nullable Writer onlyWriter;

    @SuppressWarnings("UnusedVariable") // so that it must be allocated
    private byte[] allocated = {};

    BrokenWireCodec(StreamHeader header, WireBug bug) {
        this.header = header;
        this.bug = bug;
    }

    private WireCodec right() {
        Level level = bug == WireBug.WRITES_ANOTHER_LEVEL_EACH_TIME && made++ % 3 == 0 ? Level.FAST : Level.HIGH;
        return new FrameWireCodecProperties.Frames(header, FrameWriterOptions.DEFAULT.withLevel(level));
    }

    @Override
    public Writer newWriter() {
        if (bug == WireBug.ONE_WRITER_FOR_ALL) {
            Writer only = onlyWriter == null ? new BrokenWriter(right().newWriter()) : onlyWriter;
            onlyWriter = only;
            return only;
        }
        return new BrokenWriter(right().newWriter());
    }

    @Override
    public Reader newReader() {
        return new BrokenReader(right().newReader());
    }

    private final class BrokenWriter implements Writer {
        private final Writer writer;
        private boolean finished;
        private boolean closed;

        BrokenWriter(Writer writer) {
            this.writer = writer;
        }

        @Override
        public CoderStatus write(TokenInput input, ByteOutput output) {
            if (closed && bug == WireBug.WRITES_AFTER_CLOSE) {
                return CoderStatus.NEEDS_INPUT;
            }
            if (bug == WireBug.WRITER_ALLOCATES_EACH_TIME) {
                allocated = new byte[1000];
            }
            boolean alone = input.remaining() == 1;
            try {
                CoderStatus status = writer.write(input, output);
                boolean flushes = bug == WireBug.FLUSHES_WITH_EACH_WINDOW
                        || (bug == WireBug.WRITES_OTHERWISE_TO_OTHER_MEMORY && !(output instanceof BufferByteOutput))
                        || (bug == WireBug.FLUSHES_WITH_EACH_TOKEN_GIVEN_ALONE && alone);
                return flushes && status == CoderStatus.NEEDS_INPUT ? writer.flush(output) : status;
            } catch (MalformedTokenStreamException refused) {
                if (bug == WireBug.AN_ALIEN_EMPTIES_THE_WRITER) {
                    writer.reset();
                }
                throw refused;
            }
        }

        @Override
        public CoderStatus flush(ByteOutput output) {
            return bug == WireBug.FLUSH_DOES_NOTHING ? CoderStatus.NEEDS_INPUT : writer.flush(output);
        }

        @Override
        public CoderStatus finish(ByteOutput output) {
            if (bug == WireBug.FINISHING_AGAIN_FAILS && finished) {
                throw new IllegalStateException("finished");
            }
            CoderStatus status = writer.finish(output);
            finished = status == CoderStatus.DONE;
            return status;
        }

        @Override
        public void reset() {
            if (bug != WireBug.WRITER_RESET_DOES_NOTHING) {
                writer.reset();
            }
        }

        @Override
        public void close() {
            if (bug == WireBug.CLOSING_AGAIN_FAILS && closed) {
                throw new IllegalStateException("closed");
            }
            closed = true;
            writer.close();
        }
    }

    private final class BrokenReader implements Reader {
        private final Reader reader;
        private boolean failed;

        BrokenReader(Reader reader) {
            this.reader = reader;
        }

        @Override
        public CoderStatus read(ByteInput input, TokenOutput output) {
            if (failed && bug == WireBug.READER_GOES_ON_AFTER_A_FAILURE) {
                return CoderStatus.DONE;
            }
            if (bug == WireBug.READER_ALLOCATES_EACH_TIME) {
                allocated = new byte[1000];
            }
            if (bug == WireBug.READS_BUFFERS_ALONE && !(input instanceof BufferByteInput)) {
                return CoderStatus.NEEDS_INPUT;
            }
            try {
                CoderStatus status = reader.read(input, output);
                if (status == CoderStatus.DONE && bug == WireBug.READER_TAKES_ALL_THE_BYTES_THERE_ARE) {
                    input.read(new byte[1000], 0, 1000);
                }
                return status;
            } catch (MalformedFrameException malformed) {
                failed = true;
                return switch (bug) {
                    case READER_TAKES_DAMAGE_FOR_THE_END -> CoderStatus.DONE;
                    case READER_BLAMES_THE_BYTE_BEHIND ->
                        throw new MalformedFrameException(
                                malformed.bytePosition() + 1,
                                malformed.tokenPosition(),
                                malformed.expected(),
                                malformed.found());
                    case READER_FAILS_WITH_ANOTHER_EXCEPTION -> throw new IllegalArgumentException(malformed);
                    default -> throw malformed;
                };
            }
        }

        @Override
        public void finish() {
            boolean asks = bug != WireBug.READER_DOES_NOT_ASK_FOR_AN_END
                    && !(failed && bug == WireBug.READER_TAKES_DAMAGE_FOR_THE_END);
            if (asks) {
                reader.finish();
            }
        }

        @Override
        public void reset() {
            if (bug != WireBug.READER_RESET_DOES_NOTHING) {
                reader.reset();
            }
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}
