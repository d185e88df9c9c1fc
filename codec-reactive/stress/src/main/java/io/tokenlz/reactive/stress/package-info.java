/**
 * Races between the signals of one stream, under jcstress. What may come in: whatever two threads may do to an operator at once; no
 * test here needs luck, for each outcome that is possible is listed.
 */
@NullMarked
package io.tokenlz.reactive.stress;

import org.jspecify.annotations.NullMarked;
