package io.tokenlz.metatokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenlz.core.ArrayTokenInput;
import io.tokenlz.core.ArrayTokenOutput;
import io.tokenlz.core.BufferByteInput;
import io.tokenlz.core.BufferByteOutput;
import io.tokenlz.core.CoderStatus;
import io.tokenlz.frames.FrameLimits;
import io.tokenlz.frames.FrameReader;
import io.tokenlz.frames.FrameWriter;
import io.tokenlz.frames.FrameWriterOptions;
import io.tokenlz.frames.MalformedFrameException;
import io.tokenlz.frames.StreamHeader;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** META-TOKENS.md, section 6: framed streams name a shared dictionary, and readers that don't hold it refuse them. */
class SharedDictionaryFramesTest {
    private static final MetaTokenDictionary DICTIONARY =
            MetaTokenDictionary.of(100, 1, new byte[0], new int[] {1, 2, 3}, new int[] {3, 1});
    private static final MetaTokenDictionary OTHER =
            MetaTokenDictionary.of(100, 2, new byte[0], new int[] {1, 2, 3}, new int[] {3, 1});
    private static final MetaTokenCodec CODEC = new MetaTokenCodec(
            MetaTokenConfig.builder(100).dictionary(DICTIONARY).build());
    private static final int[] TOKENS = {9, 1, 2, 3, 1, 2, 3, 1, 5, 1, 2};

    @AfterEach
    void letGo() {
        MetaTokenFrames.release(DICTIONARY);
        MetaTokenFrames.release(OTHER);
    }

    @Test
    void aReaderThatHoldsTheDictionaryReads() {
        MetaTokenFrames.hold(DICTIONARY);
        MetaTokenFrames.hold(OTHER);
        assertThat(read(written(StreamHeader.builder(CODEC).build()), new FrameReader()))
                .isEqualTo(TOKENS);
    }

    @Test
    void aReaderThatHoldsAnotherDictionaryRefuses() {
        MetaTokenFrames.hold(OTHER);
        ByteBuffer stream = written(StreamHeader.builder(CODEC).build());
        assertThatThrownBy(() -> read(stream, new FrameReader()))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageContaining("one that is held")
                .hasMessageContaining(HexFormat.of().formatHex(DICTIONARY.fingerprint()));
    }

    /** FORMAT.md, section 3.2, field 7. */
    @Test
    void aHeaderMayNameTheDictionaryItself() {
        MetaTokenFrames.hold(DICTIONARY);
        ByteBuffer stream = written(StreamHeader.builder(CODEC)
                .dictionaryFingerprint(DICTIONARY.fingerprint())
                .build());
        assertThat(read(stream.duplicate(), new FrameReader(FrameLimits.DEFAULT, DICTIONARY.fingerprint())))
                .isEqualTo(TOKENS);
        assertThatThrownBy(() -> read(stream, new FrameReader(FrameLimits.DEFAULT, OTHER.fingerprint())))
                .isInstanceOf(MalformedFrameException.class)
                .hasMessageContaining("a dictionary that this reader holds");
    }

    @Test
    void configurationsComeBackOrAreRefused() {
        MetaTokenFrames provider = new MetaTokenFrames();
        assertThat(provider.name()).isEqualTo("meta-tokens");
        byte[] configuration = provider.configuration(CODEC);
        assertThat(configuration).hasSize(18 + 8 + 32).endsWith(DICTIONARY.fingerprint());
        MetaTokenFrames.hold(DICTIONARY);
        MetaTokenCodec back = (MetaTokenCodec) provider.codec(100, configuration);
        assertThat(back.config()).isEqualTo(CODEC.config());
        assertThat(provider.decoderBytes(back)).isEqualTo(back.newDecoder().stateBytes());
        assertThatThrownBy(() -> provider.codec(101, configuration)).isInstanceOf(IllegalArgumentException.class);
        byte[] cut = Arrays.copyOf(configuration, configuration.length - 1);
        assertThatThrownBy(() -> provider.codec(100, cut)).hasMessageContaining("pool");
        byte[] otherForm = configuration.clone();
        otherForm[1] = 3;
        assertThatThrownBy(() -> provider.codec(100, otherForm)).hasMessageContaining("form");
    }

    @Test
    void configurationsWithoutADictionaryComeBackToo() {
        MetaTokenFrames provider = new MetaTokenFrames();
        for (MetaTokenForm form : new MetaTokenForm[] {MetaTokenForm.FLAT, MetaTokenForm.NESTED}) {
            MetaTokenCodec codec = new MetaTokenCodec(MetaTokenConfig.builder(100)
                    .form(form)
                    .window(77)
                    .delimiters(150, 160)
                    .addPool(200, 210)
                    .addPool(20, 29)
                    .build());
            byte[] configuration = provider.configuration(codec);
            assertThat(configuration).hasSize(18 + 2 * 8);
            MetaTokenConfig back = ((MetaTokenCodec) provider.codec(100, configuration)).config();
            assertThat(back.form()).isEqualTo(form);
            assertThat(back).isEqualTo(codec.config());
            assertThatThrownBy(() -> provider.codec(100, Arrays.copyOf(configuration, 17)))
                    .hasMessageContaining("at least 18 bytes");
            assertThatThrownBy(() -> provider.codec(100, Arrays.copyOf(configuration, 18)))
                    .hasMessageContaining("pool must have as many ranges as stated, states 2 in 0 bytes");
        }
    }

    /** For what the dictionary doesn't know, a nested codec follows whose vocabulary takes in the shared pool. */
    @Test
    void aNestedCodecMayFollow() {
        MetaTokenCodec nested = new MetaTokenCodec(MetaTokenConfig.builder((int) CODEC.encodedVocabularySize())
                .form(MetaTokenForm.NESTED)
                .build());
        int[] tokens = new int[120];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = new int[] {1, 2, 3, 40, 41, 3, 1, 42}[i % 8];
        }
        int[] once = CODEC.encode(tokens);
        int[] twice = nested.encode(once);
        assertThat(once).hasSizeLessThan(tokens.length);
        assertThat(twice).hasSizeLessThan(once.length);
        assertThat(CODEC.decode(nested.decode(twice))).isEqualTo(tokens);
    }

    private static ByteBuffer written(StreamHeader header) {
        ByteBuffer bytes = ByteBuffer.allocate(1000);
        BufferByteOutput output = new BufferByteOutput().wrap(bytes);
        try (FrameWriter writer = new FrameWriter(header, FrameWriterOptions.DEFAULT)) {
            writer.write(new ArrayTokenInput().wrap(TOKENS), output);
            assertThat(writer.finish(output)).isEqualTo(CoderStatus.DONE);
        }
        return bytes.flip();
    }

    private static int[] read(ByteBuffer stream, FrameReader reader) {
        int[] tokens = new int[TOKENS.length];
        ArrayTokenOutput output = new ArrayTokenOutput().wrap(tokens);
        try (reader) {
            assertThat(reader.read(new BufferByteInput().wrap(stream), output)).isEqualTo(CoderStatus.DONE);
        }
        assertThat(output.position()).isEqualTo(TOKENS.length);
        return tokens;
    }
}
