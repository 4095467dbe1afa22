/** Holds over real gRPC on real stores. */
@NullMarked
package dev.onsale.command.hold;

import org.jspecify.annotations.NullMarked;
