/** Races of what threads share in a server, under jcstress. In the package of what is tested, for some of it is no API. */
@NullMarked
package io.tokenlz.hypertokens;

import org.jspecify.annotations.NullMarked;
