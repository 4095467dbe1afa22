/** Tests of the audit log: what is noted, and that nothing in it can be changed unseen. */
@NullMarked
package dev.onsale.command.audit;

import org.jspecify.annotations.NullMarked;
