/**
 * Mail to buyers, over SMTP. {@link dev.onsale.command.mail.Mailer} sends one mail and says how that ended; when to try again is
 * decided by whoever asked.
 */
@NullMarked
package dev.onsale.command.mail;

import org.jspecify.annotations.NullMarked;
