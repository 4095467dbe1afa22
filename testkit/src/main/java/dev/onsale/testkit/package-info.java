/**
 * What tests of every module share: real stores that are started once and look new to each test class.
 *
 * <p>A test class registers {@link dev.onsale.testkit.TestStores}; the stores start on first use, serve all classes of
 * the JVM, and end with it.
 */
@NullMarked
package dev.onsale.testkit;

import org.jspecify.annotations.NullMarked;
