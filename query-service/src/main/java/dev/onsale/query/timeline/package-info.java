/**
 * The story of a booking or an account, for support.
 *
 * <p>What is asked for becomes {@link dev.onsale.query.timeline.Subjects}; each source gives its entries about them (PostgreSQL's
 * read contract, the waiting room, the payment adapter), and {@link dev.onsale.query.timeline.Timeline} puts them in order. It is
 * read when it is asked for: support asks seldom, and must see what is so now.
 */
@NullMarked
package dev.onsale.query.timeline;

import org.jspecify.annotations.NullMarked;
