/**
 * Where an event's places are: which sections there are, which ordinals they have, where they lie.
 *
 * <p>A layout passes from the imported seat map and the prices laid over it, through
 * {@link dev.onsale.query.layout.LayoutReader}, into {@link dev.onsale.query.layout.EventLayout}; it never changes under
 * its hash.
 */
@NullMarked
package dev.onsale.query.layout;

import org.jspecify.annotations.NullMarked;
