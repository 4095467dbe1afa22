/**
 * PostgreSQL as this product uses it: one bounded pool, queries kept as {@code .sql} files, transactions that always
 * end, migrations by Flyway under the owner role.
 */
@NullMarked
package dev.onsale.runtime.sql;

import org.jspecify.annotations.NullMarked;
