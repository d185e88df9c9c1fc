/** Races of a table's queue, under jcstress. In the package of what is tested, which is no API. */
@NullMarked
package io.tokenlz.hypertokens.embedding;

import org.jspecify.annotations.NullMarked;
