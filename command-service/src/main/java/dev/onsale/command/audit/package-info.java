/** Which chains the audit log of this service has, and what goes into which. */
@NullMarked
package dev.onsale.command.audit;

import org.jspecify.annotations.NullMarked;
