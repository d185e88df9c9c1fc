/** All entries of {@link io.tokenlz.frames.FuzzEntries} as targets of Jazzer. What may come in: nothing else. */
@NullMarked
package io.tokenlz.fuzz;

import org.jspecify.annotations.NullMarked;
