/** Tests of presales. */
@NullMarked
package dev.onsale.command.presale;

import org.jspecify.annotations.NullMarked;
