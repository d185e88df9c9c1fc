/**
 * The server behind {@code tokenlz explore}: a text's tokens as they become hypertokens or meta-tokens, as server-sent events.
 *
 * <p>What may come in: what turns a request into a stream of events. No options of the command line, and no markup.
 */
@NullMarked
package io.tokenlz.cli.explore;

import org.jspecify.annotations.NullMarked;
