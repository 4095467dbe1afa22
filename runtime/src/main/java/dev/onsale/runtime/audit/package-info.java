/**
 * The audit log: every administrative act, every override and every movement of money, append-only and chained by hashes.
 *
 * <p>A feature describes what somebody did ({@link dev.onsale.runtime.audit.Act}) and notes it as the last thing in the
 * transaction that does it ({@link dev.onsale.runtime.audit.AuditLog}). The function {@code audit_append} of the schema numbers,
 * times and hashes the entry. {@link dev.onsale.runtime.audit.AuditVerifier} computes all of it again, from what is stored and
 * from {@link dev.onsale.runtime.audit.Anchor}s that were kept elsewhere; {@link dev.onsale.runtime.audit.AuditLogRpc} shows it.
 * The bytes that are hashed are in docs/audit-log.md.
 */
@NullMarked
package dev.onsale.runtime.audit;

import org.jspecify.annotations.NullMarked;
