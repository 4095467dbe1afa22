/**
 * Who has looked at which bookings.
 *
 * <p>A feature that shows personal data writes an {@link dev.onsale.query.audit.AccessRecord} to the
 * {@link dev.onsale.query.audit.AccessLog} and answers when it is in PostgreSQL, or not at all. Operators read the records
 * by {@link dev.onsale.query.audit.AccessRecordRpc}. Personal values that were asked for are in them as keyed hashes of the
 * {@link dev.onsale.query.audit.SupportSecret}, so that the records are no second store of personal data.
 */
@NullMarked
package dev.onsale.query.audit;

import org.jspecify.annotations.NullMarked;
