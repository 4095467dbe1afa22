/**
 * IP addresses: strictly read, grouped into ranges, and the one question that matters behind proxies: who is really calling
 * ({@link dev.onsale.runtime.address.ForwardedFor}).
 */
@NullMarked
package dev.onsale.runtime.address;

import org.jspecify.annotations.NullMarked;
