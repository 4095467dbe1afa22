/**
 * The proof that Redis, PostgreSQL and Elasticsearch agree on who has what.
 *
 * <p>An audit reads the three stores of one event a few times ({@link dev.onsale.query.inventoryaudit.AuditReader}), compares each
 * reading place by place ({@link dev.onsale.query.inventoryaudit.Comparison}), and calls drift only what stays the same over all of them
 * ({@link dev.onsale.query.inventoryaudit.InventoryAudit}). The continuous auditor walks over the events on sale, counts, and has
 * drift repaired.
 */
@NullMarked
package dev.onsale.query.inventoryaudit;

import org.jspecify.annotations.NullMarked;
