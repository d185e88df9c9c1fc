package io.tokenlz.metatokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenlz.core.TokenKernel;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The memory that a coder says it holds is that of its arrays, each counted once; what many coders share is nobody's. */
class MetaTokenMemoryTest {
    private static final Set<Class<?>> SHARED = Set.of(
            MetaTokenConfig.class,
            ReservedIds.class,
            ProtectedIds.class,
            MetaTokenDictionary.class,
            EntryAutomaton.class);

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "7, 2", "64, 3", "100, 500", "1000, 20"})
    void isThatOfTheArrays(int window, int pool) throws IllegalAccessException {
        for (MetaTokenForm form : new MetaTokenForm[] {MetaTokenForm.FLAT, MetaTokenForm.NESTED}) {
            for (MetaTokenEffort effort : MetaTokenEffort.values()) {
                MetaTokenConfig.Builder builder = MetaTokenConfig.builder(50)
                        .form(form)
                        .effort(effort)
                        .window(window)
                        .addPool(100, 99 + pool);
                MetaTokenConfig config = builder.build();
                assertThat(new MetaTokenEncoderKernel(config).stateBytes())
                        .isEqualTo(arrayBytes(new MetaTokenEncoderKernel(config)));
                assertThat(new MetaTokenDecoderKernel(config).stateBytes())
                        .isEqualTo(arrayBytes(new MetaTokenDecoderKernel(config)))
                        .isEqualTo(new MetaTokenFrames().decoderBytes(new MetaTokenCodec(config)));
                MetaTokenConfig shuffled = builder.shuffled(1).build();
                assertThat(new MetaTokenEncoderKernel(shuffled).stateBytes())
                        .isEqualTo(arrayBytes(new MetaTokenEncoderKernel(shuffled)));
            }
        }
    }

    @Test
    void idsThatLieFarAwayTakeNone() {
        MetaTokenConfig.Builder near =
                MetaTokenConfig.builder(50).window(100).delimiters(50, 51).addPool(52, 60);
        MetaTokenConfig.Builder far =
                MetaTokenConfig.builder(50).window(100).delimiters(50, 1 << 30).addPool(52, 60);
        assertThat(new MetaTokenDecoderKernel(far.build()).stateBytes())
                .isLessThan(new MetaTokenDecoderKernel(near.build()).stateBytes());
    }

    @Test
    void isThatOfTheArraysWithASharedDictionary() throws IllegalAccessException {
        MetaTokenDictionary dictionary =
                MetaTokenDictionary.of(50, 1, new byte[0], new int[] {1, 2}, new int[] {3, 4, 5});
        for (int window : new int[] {3, 64, 65, 1000}) {
            MetaTokenConfig config = MetaTokenConfig.builder(50)
                    .dictionary(dictionary)
                    .window(window)
                    .build();
            assertThat(new SharedEncoderKernel(config, dictionary).stateBytes())
                    .isEqualTo(arrayBytes(new SharedEncoderKernel(config, dictionary)));
            assertThat(new SharedDecoderKernel(config, dictionary).stateBytes()).isZero();
        }
    }

    private static long arrayBytes(TokenKernel kernel) throws IllegalAccessException {
        return arrayBytes(kernel, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static long arrayBytes(Object owner, Set<Object> counted) throws IllegalAccessException {
        long bytes = 0;
        for (Class<?> type = owner.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) || field.getType().isPrimitive()) {
                    continue;
                }
                field.setAccessible(true);
                Object value = field.get(owner);
                if (value == null || SHARED.contains(value.getClass()) || !counted.add(value)) {
                    continue;
                }
                if (value.getClass().isArray()) {
                    bytes += Array.getLength(value) * bytesOf(value.getClass().getComponentType());
                } else if (isOurs(value)) {
                    bytes += arrayBytes(value, counted);
                }
            }
        }
        return bytes;
    }

    private static boolean isOurs(Object value) {
        return value.getClass().getPackageName().startsWith("io.tokenlz") && !(value instanceof Enum);
    }

    private static long bytesOf(Class<?> component) {
        if (component == int.class) {
            return Integer.BYTES;
        }
        if (component == long.class) {
            return Long.BYTES;
        }
        if (component == boolean.class) {
            return 1;
        }
        throw new IllegalArgumentException(component.toString());
    }
}
