@NullMarked
package dev.onsale.command.risk;

import org.jspecify.annotations.NullMarked;
