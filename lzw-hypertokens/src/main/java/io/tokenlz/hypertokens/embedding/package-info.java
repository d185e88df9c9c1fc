/**
 * The embedding side of hypertokens: tables with a row for each hypertoken of each stream, filled by a model's hyper-encoder as
 * the codebooks grow.
 *
 * <p>What may come in: weights and their files, encoders, tables, and backends that compute and hold them. The rules are in
 * {@code lzw-hypertokens/docs/EMBEDDING.md}. The codec does not know of this package.
 */
@NullMarked
package io.tokenlz.hypertokens.embedding;

import org.jspecify.annotations.NullMarked;
