/**
 * The table of who may call what, tested cell by cell. {@link dev.onsale.testkit.access.Contracts} finds every method there
 * is, {@link dev.onsale.testkit.access.AccessRequests} has a request for each, {@link
 * dev.onsale.testkit.access.AccessCells} calls them as everybody, {@link dev.onsale.testkit.access.ForeignIds} calls them
 * with what is somebody else's.
 */
@NullMarked
package dev.onsale.testkit.access;

import org.jspecify.annotations.NullMarked;
