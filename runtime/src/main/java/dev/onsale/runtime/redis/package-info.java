/**
 * Redis as this product uses it: one pipelining connection that heals itself, and scripts kept as {@code .lua} files
 * with a contract in their header.
 */
@NullMarked
package dev.onsale.runtime.redis;

import org.jspecify.annotations.NullMarked;
