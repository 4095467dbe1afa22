/**
 * Real Redis, PostgreSQL, Elasticsearch and mail for tests and laptops, with nothing to install but a JDK.
 *
 * <p>{@link dev.onsale.embedded.Stores} starts any of them in parallel and answers their addresses. Each
 * {@link dev.onsale.embedded.Store} is the client's view of a store (address, credentials, readiness); behind it an
 * {@code Engine} says what runs it: a child process unpacked from a Maven artifact, a container, or a server somebody
 * gave by URL. Child processes run under a guard that ends them when this JVM ends, however it ends.
 */
@NullMarked
package dev.onsale.embedded;

import org.jspecify.annotations.NullMarked;
