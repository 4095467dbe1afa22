/**
 * Events as fans see them: browsing, searching, reading one.
 *
 * <p>A search goes to Elasticsearch. One event is answered from a small cache, which the change stream invalidates, and
 * behind it from Elasticsearch or, if that has not heard of it yet or is away, from PostgreSQL's read contract.
 */
@NullMarked
package dev.onsale.query.catalog;

import org.jspecify.annotations.NullMarked;
