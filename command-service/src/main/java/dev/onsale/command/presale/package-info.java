/**
 * Presales: who may hold before the general sale. {@code onsale.presale.v1}, see docs/presales.md.
 *
 * <p>A hold before the general sale passes through {@link dev.onsale.command.hold.HoldDesk}: the script says that only a presale
 * is open, {@link dev.onsale.command.presale.PresaleDoor} looks up what the fan may do (codes and lists are in PostgreSQL, keyed
 * by {@link dev.onsale.command.presale.Pepper}; wrong codes are counted by {@link dev.onsale.command.presale.CodeTries}), and the
 * script decides with it. What the hold took of a presale is written to PostgreSQL before the fan is answered.
 */
@NullMarked
package dev.onsale.command.presale;

import org.jspecify.annotations.NullMarked;
