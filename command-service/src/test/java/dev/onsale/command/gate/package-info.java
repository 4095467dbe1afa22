@NullMarked
package dev.onsale.command.gate;

import org.jspecify.annotations.NullMarked;
