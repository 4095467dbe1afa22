/**
 * What is read often and changes seldom, kept in two layers: this process, and behind it Redis, which all nodes share.
 *
 * <p>A read passes from the process through Redis to whoever loads; what was loaded is put into both layers. A change in the
 * feed removes it from both. Redis is a help and never a need: while it is away, every read of it is a miss.
 */
@NullMarked
package dev.onsale.query.cache;

import org.jspecify.annotations.NullMarked;
