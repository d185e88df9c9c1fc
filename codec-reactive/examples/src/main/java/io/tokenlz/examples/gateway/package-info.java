/**
 * A gateway between clients that speak text and a model that speaks token IDs: the README beside this module shows it at work.
 *
 * <p>What may come in: what a reader needs to see the operators of {@link io.tokenlz.reactive} in their place. No framework.
 */
@NullMarked
package io.tokenlz.examples.gateway;

import org.jspecify.annotations.NullMarked;
