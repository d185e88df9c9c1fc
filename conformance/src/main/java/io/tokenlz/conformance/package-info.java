/**
 * What a codec of tokens must do, as tests that any codec can inherit, with plain implementations to compare with, and
 * the protocol in which a program in any language can be asked.
 *
 * <p>What may come in: abstract contract tests, generators of configurations and tokens, oracles (straight from the
 * specifications, sharing no code with the codecs), and the job protocol of {@code conformance/PROTOCOL.md}.
 */
@NullMarked
package io.tokenlz.conformance;

import org.jspecify.annotations.NullMarked;
