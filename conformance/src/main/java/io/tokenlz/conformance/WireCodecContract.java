package io.tokenlz.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.BufferByteInput;
import io.tokenlz.core.BufferByteOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.core.MalformedTokenStreamException;
import io.tokenlz.frames.MalformedFrameException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/**
 * What every format of bytes for token streams must do. Its test is a class that extends this one and says in {@link #cases()} how to
 * make it, and in {@link #oracle} what to compare its reader with.
 */
public abstract class WireCodecContract extends WireMemoryContract {
    /** For subclasses. */
    protected WireCodecContract() {}

    /**
     * What readers throw for bytes that are no stream of theirs.
     *
     * @return {@link MalformedFrameException} unless overridden
     */
    protected Class<? extends RuntimeException> refusal() {
        return MalformedFrameException.class;
    }

    /**
     * Where a reader says that the bytes are no stream of its format.
     *
     * @param refused what it threw, of {@link #refusal}
     * @return index of a byte; {@link MalformedFrameException#bytePosition} unless overridden
     */
    protected long refusedAt(RuntimeException refused) {
        return ((MalformedFrameException) refused).bytePosition();
    }

    /**
     * A plain reader of such streams, if there is one: then whatever a reader gets is read, or refused at the same position.
     *
     * @param codec the codec of a case
     * @return an oracle for any number of streams; empty to leave that property out
     */
    protected Optional<WireOracle> oracle(WireCodec codec) {
        return Optional.empty();
    }

    /** Sizes of windows: down to a single one, an empty window now and then, never only empty ones. */
    @Provide
    Arbitrary<List<Integer>> sizes() {
        return Arbitraries.integers()
                .between(0, 40)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .filter(sizes -> sizes.stream().anyMatch(size -> size > 0));
    }

    @Provide
    Arbitrary<List<StreamDamage>> damages() {
        return StreamDamage.any(256).list().ofMinSize(1).ofMaxSize(3);
    }

    private static int[] read(WireCodec.Reader reader, byte[] bytes, WireWindows windows) {
        assertThat(windows.read(reader, bytes, 0, bytes.length)).isEqualTo(bytes.length);
        reader.finish();
        return windows.tokens();
    }

    @Property(tries = 300)
    void whatIsWrittenIsRead(@ForAll("cases") WireCase that) {
        byte[] bytes = written(that.codec(), that.tokens());
        assertThat(read(that.codec().newReader(), bytes, WireWindows.whole())).isEqualTo(that.tokens());
        assertThat(written(that.codec(), that.tokens())).as("written again").isEqualTo(bytes);
    }

    @Property(tries = 200)
    void cuttingWindowsChangesNothing(
            @ForAll("cases") WireCase that,
            @ForAll("sizes") List<Integer> tokenSizes,
            @ForAll("sizes") List<Integer> byteSizes) {
        byte[] bytes = written(that.codec(), that.tokens());
        for (int fill : new int[] {0, -1}) {
            WireWindows windows = new WireWindows(tokenSizes, byteSizes, fill);
            WireCodec.Writer writer = that.codec().newWriter();
            windows.write(writer, that.tokens(), 0, that.tokens().length);
            windows.finish(writer);
            assertThat(windows.bytes()).isEqualTo(bytes);
            assertThat(read(that.codec().newReader(), bytes, new WireWindows(tokenSizes, byteSizes, fill)))
                    .isEqualTo(that.tokens());
        }
    }

    @Property(tries = 100)
    void oneByOneIsTheSame(@ForAll("cases") WireCase that) {
        cuttingWindowsChangesNothing(that, List.of(1), List.of(1));
    }

    @Property(tries = 200)
    void allThatWasFlushedCanBeRead(
            @ForAll("cases") WireCase that,
            @ForAll @Size(max = 12) List<@IntRange(max = 300) Integer> flushes,
            @ForAll("sizes") List<Integer> sizes) {
        WireWindows writing = new WireWindows(sizes, sizes, -1);
        WireWindows reading = new WireWindows(sizes, sizes, -1);
        WireCodec.Writer writer = that.codec().newWriter();
        WireCodec.Reader reader = that.codec().newReader();
        int at = 0;
        int readFrom = 0;
        for (int flush : new TreeSet<>(flushes)) {
            int until = Math.min(flush, that.tokens().length);
            writing.write(writer, that.tokens(), at, until);
            writing.flush(writer);
            byte[] bytes = writing.bytes();
            reading.read(reader, bytes, readFrom, bytes.length);
            assertThat(reading.tokens())
                    .as("readable after a flush at " + until)
                    .isEqualTo(Arrays.copyOf(that.tokens(), until));
            at = until;
            readFrom = bytes.length;
        }
        writing.write(writer, that.tokens(), at, that.tokens().length);
        writing.finish(writer);
        byte[] bytes = writing.bytes();
        assertThat(reading.read(reader, bytes, readFrom, bytes.length)).isEqualTo(bytes.length - readFrom);
        reader.finish();
        assertThat(reading.tokens()).isEqualTo(that.tokens());
    }

    @Property(tries = 60)
    void everyCutIsRefused(@ForAll("cases") WireCase that) {
        byte[] bytes = written(that.codec(), that.tokens());
        int step = 1 + bytes.length / 100;
        for (int length = 0; length < bytes.length; length += step) {
            WireWindows windows = WireWindows.whole();
            WireCodec.Reader reader = that.codec().newReader();
            windows.read(reader, bytes, 0, length);
            assertThatThrownBy(reader::finish).as("cut at %s", length).isInstanceOf(refusal());
            int[] tokens = windows.tokens();
            assertThat(tokens).isEqualTo(Arrays.copyOf(that.tokens(), tokens.length));
        }
    }

    /** Whatever happens to the bytes: other tokens never come without an error. */
    @Property(tries = 500)
    void damageNeverGivesOtherTokensUnnoticed(
            @ForAll("cases") WireCase that,
            @ForAll("damages") List<StreamDamage> damages,
            @ForAll("sizes") List<Integer> sizes) {
        byte[] bytes = written(that.codec(), that.tokens());
        for (StreamDamage damage : damages) {
            bytes = damage.damage(bytes);
        }
        WireWindows windows = new WireWindows(sizes, sizes, 3);
        WireCodec.Reader reader = that.codec().newReader();
        byte[] damaged = bytes;
        Throwable refused = catchThrowable(() -> {
            windows.read(reader, damaged, 0, damaged.length);
            reader.finish();
        });
        if (refused != null) {
            assertThat(refused).isInstanceOf(refusal());
            BufferByteInput more = new BufferByteInput().wrap(ByteBuffer.wrap(damaged));
            assertThatThrownBy(() -> reader.read(more, new ArrayTokenOutput().wrap(new int[8])))
                    .as("after a failure")
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(refused != null || Arrays.equals(windows.tokens(), that.tokens()))
                .isTrue();
    }

    /** The same tokens, and a refusal that names the same place, whatever the bytes are. */
    @Property(tries = 1000)
    void refusesWhereTheOracleDoes(@ForAll("cases") WireCase that, @ForAll("damages") List<StreamDamage> damages) {
        Optional<WireOracle> oracle = oracle(that.codec());
        if (oracle.isEmpty()) {
            return;
        }
        byte[] bytes = written(that.codec(), that.tokens());
        for (StreamDamage damage : damages) {
            bytes = damage.damage(bytes);
        }
        List<Integer> expected = new ArrayList<>();
        long place = oracle.get().read(bytes.clone(), expected);
        WireWindows windows = WireWindows.whole();
        WireCodec.Reader reader = that.codec().newReader();
        byte[] damaged = bytes;
        AtomicInteger taken = new AtomicInteger();
        RuntimeException refused = catchThrowableOfType(RuntimeException.class, () -> {
            taken.set(windows.read(reader, damaged, 0, damaged.length));
            reader.finish();
        });
        if (refused == null) {
            assertThat(taken.get() < damaged.length ? taken.get() : -1).isEqualTo((int) place);
        } else {
            assertThat(refused).isInstanceOf(refusal());
            assertThat(refusedAt(refused)).as("where it is refused").isEqualTo(place);
        }
        assertThat(TokenArbitraries.boxed(windows.tokens())).isEqualTo(expected);
    }

    @Property(tries = 60)
    void noByteBehindTheEndIsTaken(@ForAll("cases") WireCase that, @ForAll @Size(max = 20) byte[] behind) {
        byte[] bytes = written(that.codec(), that.tokens());
        byte[] more = Arrays.copyOf(bytes, bytes.length + behind.length);
        System.arraycopy(behind, 0, more, bytes.length, behind.length);
        WireWindows windows = WireWindows.whole();
        WireCodec.Reader reader = that.codec().newReader();
        assertThat(windows.read(reader, more, 0, more.length)).isEqualTo(bytes.length);
        assertThat(windows.tokens()).isEqualTo(that.tokens());
        reader.finish();
    }

    @Property(tries = 100)
    void resetBeginsAnew(@ForAll("cases") WireCase that, @ForAll @IntRange(max = 200) int cut) {
        byte[] bytes = written(that.codec(), that.tokens());
        WireCodec.Writer writer = that.codec().newWriter();
        WireCodec.Reader reader = that.codec().newReader();
        WireWindows before = new WireWindows(List.of(7), List.of(5), 0);
        before.write(writer, that.tokens(), 0, Math.min(cut, that.tokens().length));
        before.read(reader, bytes, 0, Math.min(cut, bytes.length));
        for (int stream = 0; stream < 3; stream++) {
            writer.reset();
            WireWindows windows = WireWindows.whole();
            windows.write(writer, that.tokens(), 0, that.tokens().length);
            windows.finish(writer);
            assertThat(windows.bytes()).isEqualTo(bytes);
            reader.reset();
            assertThat(read(reader, bytes, WireWindows.whole())).isEqualTo(that.tokens());
        }
        reader.reset();
        assertThatThrownBy(() -> read(reader, new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, WireWindows.whole()))
                .isInstanceOf(refusal());
        reader.reset();
        assertThat(read(reader, bytes, WireWindows.whole()))
                .as("after a failure")
                .isEqualTo(that.tokens());
    }

    @Property(tries = 100)
    void anAlienIsRefusedAndTheWriterGoesOn(@ForAll("cases") WireCase that, @ForAll @IntRange(max = 200) int at) {
        int position = Math.min(at, that.tokens().length);
        for (int alien : new int[] {-1, that.vocabularySize(), Integer.MIN_VALUE}) {
            if (alien >= 0 && alien < that.vocabularySize()) {
                continue;
            }
            WireWindows windows = WireWindows.whole();
            WireCodec.Writer writer = that.codec().newWriter();
            windows.write(writer, that.tokens(), 0, position);
            assertThatThrownBy(() -> windows.write(writer, new int[] {alien}, 0, 1))
                    .isInstanceOfSatisfying(
                            MalformedTokenStreamException.class,
                            malformed -> assertThat(malformed.position()).isEqualTo(position));
            assertThat(windows.consumed()).isZero();
            windows.write(writer, that.tokens(), position, that.tokens().length);
            windows.finish(writer);
            assertThat(read(that.codec().newReader(), windows.bytes(), WireWindows.whole()))
                    .isEqualTo(that.tokens());
        }
    }

    @Property(tries = 100)
    void streamsDoNotDisturbOneAnother(@ForAll("cases") WireCase that) {
        byte[] bytes = written(that.codec(), that.tokens());
        WireWindows first = WireWindows.whole();
        WireWindows second = WireWindows.whole();
        WireCodec.Writer writer = that.codec().newWriter();
        WireCodec.Writer other = that.codec().newWriter();
        int half = that.tokens().length / 2;
        first.write(writer, that.tokens(), 0, half);
        second.write(other, that.tokens(), half, that.tokens().length);
        first.write(writer, that.tokens(), half, that.tokens().length);
        first.finish(writer);
        second.finish(other);
        assertThat(first.bytes()).isEqualTo(bytes);
        assertThat(read(that.codec().newReader(), second.bytes(), WireWindows.whole()))
                .isEqualTo(Arrays.copyOfRange(that.tokens(), half, that.tokens().length));
    }

    @Property(tries = 20)
    void misuseIsToldApart(@ForAll("cases") WireCase that) {
        ArrayTokenInput tokens = new ArrayTokenInput();
        BufferByteOutput room = new BufferByteOutput().wrap(ByteBuffer.allocate(1 << 10));
        WireCodec.Writer writer = that.codec().newWriter();
        CoderStatus status = writer.finish(room);
        while (status == CoderStatus.NEEDS_OUTPUT) {
            status = writer.finish(room.wrap(ByteBuffer.allocate(1 << 10)));
        }
        assertThat(writer.finish(room)).isEqualTo(CoderStatus.DONE);
        assertThatThrownBy(() -> writer.write(tokens, room)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> writer.flush(room)).isInstanceOf(IllegalStateException.class);
        writer.close();
        writer.close();
        assertThatThrownBy(() -> writer.write(tokens, room)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> writer.finish(room)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(writer::reset).isInstanceOf(IllegalStateException.class);
        WireCodec.Reader reader = that.codec().newReader();
        reader.close();
        reader.close();
        assertThatThrownBy(() -> reader.read(new BufferByteInput(), new ArrayTokenOutput()))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(reader::finish).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(reader::reset).isInstanceOf(IllegalStateException.class);
    }
}
