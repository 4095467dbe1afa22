/**
 * Onsale on a laptop: the stores and all four services in one process.
 *
 * <p>{@link dev.onsale.standalone.Standalone} is the command line; each command is one picocli class and is listed there.
 * {@code up} runs a {@code LocalSystem}, which leaves a file with its {@link dev.onsale.standalone.Endpoints} in the data
 * folder, where the other commands find it.
 */
@NullMarked
package dev.onsale.standalone;

import org.jspecify.annotations.NullMarked;
