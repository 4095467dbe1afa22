/**
 * What browsers and caches keep as documents of their own: layouts and pictures of venues, with tags and how long they are good.
 *
 * <p>A request passes from its path to the feature that has the content ({@code layout}, {@code venue}), and back as a
 * {@link dev.onsale.query.documents.Document}, or as 304 without one.
 */
@NullMarked
package dev.onsale.query.documents;

import org.jspecify.annotations.NullMarked;
